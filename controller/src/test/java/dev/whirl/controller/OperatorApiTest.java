package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.access.AccessConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What operators see and do.
class OperatorApiTest {
    @Test
    @Tag("R-47")
    @Tag("R-171")
    void invokersAndWhetherTheyTakeWorkAreTold() {
        try (var platform = TestPlatform.start()) {
            Http nobody = new Http(platform.port(), "");

            assertThat(nobody.get("/invokers").body()).isEqualTo("{\"invoker0\":\"up\"}");
            assertThat(nobody.get("/invokers/healthy/count").body()).isEqualTo("1");
            assertThat(nobody.get("/invokers/ready").body()).isEqualTo("{\"healthy\":\"1/1\"}");
            platform.invoker().beat(true);

            assertThat(nobody.get("/invokers").body()).isEqualTo("{\"invoker0\":\"down\"}");
            assertThat(platform.as(TestPlatform.SYSTEM).get("/invokers/reasons").body())
                    .isEqualTo(
                            "{\"invoker0\":{\"state\":\"down\",\"reason\":\"it drains or was disabled: it says that it"
                                    + " takes no work\"}}");
            assertThat(platform.asGuest().get("/invokers/reasons").status()).isEqualTo(403);
            assertThat(nobody.get("/invokers/healthy/count").body()).isEqualTo("0");
            assertThat(nobody.get("/invokers/ready").status()).isEqualTo(500);
            assertThat(nobody.get("/invokers/ready").body()).isEqualTo("{\"unhealthy\":\"0/1\"}");
        }
    }

    @Test
    @Tag("R-9")
    void webPagesMayCallTheRoutesForOperators() throws Exception {
        try (var platform = TestPlatform.start()) {
            Http nobody = new Http(platform.port(), "");

            for (String path : List.of("/invokers", "/invokers/ready", "/activation", "/disable", "/enable")) {
                Reply preflight = nobody.send("OPTIONS", path, null, Map.of());

                assertThat(preflight.status()).as(path).isEqualTo(200);
                assertMayBeCalled(preflight);
            }
            assertMayBeCalled(nobody.get("/invokers"));
            assertMayBeCalled(nobody.get("/activation")); // which it may not read
            assertThat(RawRequests.exchange(
                            platform.port(),
                            "GET /invokers HTTP/1.1\r\nHost: guest.apihost.test\r\nConnection: close\r\n\r\n"))
                    .as("a web action of that name")
                    .startsWith("HTTP/1.1 404 ")
                    .doesNotContain("OPTIONS, GET, POST");
        }
    }

    private static void assertMayBeCalled(Reply reply) {
        assertThat(reply.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry(
                        "access-control-allow-headers",
                        "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent")
                .containsEntry("access-control-allow-methods", "OPTIONS, GET, POST");
    }

    @Test
    @Tag("R-48")
    void whatRunsIsToldToTheSystemOnly() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            Http system = platform.as(TestPlatform.SYSTEM);
            guest.putNodeAction("a");
            platform.invoker().hold();
            String id = guest.post("actions/a", "{}").at("activationId");

            assertThat(system.get("/activation").body()).isEqualTo("[[\"" + id + "\",\"guest/a\"]]");
            assertThat(system.get("/activation/count").body()).isEqualTo("1");
            assertThat(guest.get("/activation").status()).isEqualTo(403);
            assertThat(new Http(platform.port(), "").get("/activation/count").status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Tag("R-49")
    @Tag("R-172")
    @Tag("attack-42")
    void onlyTheOperatorDisablesAndThenNothingIsInvoked() {
        try (var platform = TestPlatform.start()) {
            Http guest = platform.asGuest();
            Http operator = new Http(platform.port(), "operator:secret");
            guest.putNodeAction("a");
            for (String other : new String[] {"", "operator:guess", "operator:", TestPlatform.SYSTEM.reveal()}) {
                assertThat(new Http(platform.port(), other)
                                .send("POST", "/disable", null, Map.of())
                                .status())
                        .isEqualTo(401);
            }
            assertThat(guest.post("actions/a", "{}").status()).isEqualTo(202);

            Reply disabled = operator.send("POST", "/disable", null, Map.of());

            assertThat(disabled.status()).isEqualTo(200);
            assertThat(disabled.body()).isEqualTo("controller is disabled");
            Reply refused = guest.post("actions/a", "{}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("This controller was disabled by its operator.");
            assertThat(guest.get("actions/a").status()).isEqualTo(200);
            operator.send("POST", "/enable", null, Map.of());
            assertThat(guest.post("actions/a", "{}").status()).isEqualTo(202);
        }
    }

    @Test
    @Tag("attack-32")
    @Tag("attack-42")
    void thePasswordOfTheOperatorIsNotGuessedFast() {
        var access = new AccessConfig(Duration.ofMillis(200), 1, "operator:secret");
        try (var platform = TestPlatform.start(Options.STANDARD.withAccess(access))) {
            var guessing = new Http(platform.port(), "operator:guess");
            assertThat(guessing.send("POST", "/disable", null, Map.of()).status())
                    .isEqualTo(401);
            long start = System.nanoTime();

            Reply late = guessing.send("POST", "/disable", null, Map.of());

            assertThat(late.status()).isEqualTo(429);
            assertThat(late.error())
                    .isEqualTo("Too many requests with a wrong password of the operator came in the last minute.");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
            assertThat(new Http(platform.port(), "operator:secret")
                            .send("POST", "/disable", null, Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    @Tag("R-50")
    void theApiDescribesItselfWithoutOutsideResources() {
        try (var platform = TestPlatform.start()) {
            Http nobody = new Http(platform.port(), "");

            Reply swagger = nobody.get("/api/v1/api-docs");
            assertThat(swagger.at("swagger")).isEqualTo("2.0");
            assertThat(swagger.at("basePath")).isEqualTo("/api/v1");
            assertThat(swagger.json().field("paths").orElseThrow().fields())
                    .containsKeys(
                            "/namespaces",
                            "/namespaces/{namespace}/actions",
                            "/namespaces/{namespace}/actions/{actionName}",
                            "/namespaces/{namespace}/actions/{packageName}/{actionName}",
                            "/namespaces/{namespace}/activations/{activationid}/logs",
                            "/namespaces/{namespace}/limits");
            assertThat(swagger.body())
                    .contains(
                            "\"getAllActions\"",
                            "\"getActionByName\"",
                            "\"updateActionInPackage\"",
                            "\"invokeAction\"",
                            "\"deleteAction\"",
                            "\"getActivationResult\"",
                            "\"getLimits\"",
                            "\"getAllNamespaces\"");
            Reply openApi = nobody.get("/api/v1/openapi.json");
            assertThat(openApi.at("openapi")).isEqualTo("3.1.0");
            assertThat(openApi.json().field("paths").orElseThrow().fields().keySet())
                    .isEqualTo(
                            swagger.json().field("paths").orElseThrow().fields().keySet());
            assertThat(nobody.get("/api-docs")
                            .json()
                            .field("paths")
                            .orElseThrow()
                            .fields())
                    .containsKeys("/ping", "/metrics", "/invokers", "/disable");
            for (String path : new String[] {"/api/v1/docs", "/docs"}) {
                Reply page = nobody.get(path);
                assertThat(page.headers().get("content-type")).startsWith("text/html");
                assertThat(page.body()).doesNotContain("<script", "http://", "https://", "src=");
            }
        }
    }
}
