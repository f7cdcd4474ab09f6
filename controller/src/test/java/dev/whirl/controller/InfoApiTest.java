package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.model.limits.SystemLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the platform says about itself, and the conventions that all routes share.
class InfoApiTest {
    private static final TestPlatform platform =
            TestPlatform.start(Options.STANDARD.withLimits(SystemLimits.OPENWHISK));

    private final Http guest = platform.asGuest();
    private final Http nobody = new Http(platform.port(), "");

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    @Tag("R-20")
    void theApiTellsItsVersionToEverybody() {
        for (String path : List.of("/api/v1", "/api/v1/")) {
            assertThat(nobody.get(path).body())
                    .matches(
                            "\\{\"description\":\"OpenWhisk API\",\"api_version\":\"1.0.0\",\"api_version_path\":\"v1\","
                                    + "\"build\":\"20[-0-9T:Z]+\",\"buildno\":\"\\d+\\.\\d+\\.\\d+\","
                                    + "\"swagger_paths\":\\{\"ui\":\"/docs\",\"api-docs\":\"/api-docs\"}}");
        }
    }

    @Test
    @Tag("R-44")
    void pingIsAnsweredWithPong() {
        Reply reply = nobody.get("/ping");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("pong");
        assertThat(reply.headers().get("content-type")).startsWith("text/plain");
    }

    @Test
    @Tag("R-45")
    @Tag("R-170")
    void theRootTellsLimitsAndKinds() {
        Reply reply = nobody.get("/");

        assertThat(reply.at("description")).isEqualTo("OpenWhisk");
        assertThat(reply.at("api_paths")).isEqualTo("[\"/api/v1\"]");
        assertThat(reply.at("limits"))
                .isEqualTo("{\"actions_per_minute\":60,\"triggers_per_minute\":60,\"concurrent_actions\":30,"
                        + "\"sequence_length\":50,\"default_min_action_duration\":100,"
                        + "\"default_max_action_duration\":300000,\"default_min_action_memory\":134217728,"
                        + "\"default_max_action_memory\":536870912,\"default_min_action_logs\":0,"
                        + "\"default_max_action_logs\":10485760,\"min_action_duration\":100,"
                        + "\"max_action_duration\":300000,\"min_action_memory\":134217728,"
                        + "\"max_action_memory\":536870912,\"min_action_logs\":0,\"max_action_logs\":10485760}");
        assertThat(reply.at("runtimes.nodejs"))
                .isEqualTo("[{\"kind\":\"nodejs:20\",\"image\":\"openwhisk/action-nodejs-v20:nightly\","
                        + "\"deprecated\":false,\"default\":true,\"attached\":true,\"requireMain\":false},"
                        + "{\"kind\":\"nodejs:18\",\"image\":\"openwhisk/action-nodejs-v20:nightly\","
                        + "\"deprecated\":false,\"default\":false,\"attached\":true,\"requireMain\":false}]");
        assertThat(reply.json().field("support")).isPresent();
    }

    @Test
    @Tag("R-23")
    @Tag("R-2")
    @Tag("trap-23")
    void thereIsOneNamespaceTheCallersOwn() {
        assertThat(guest.get("/api/v1/namespaces").body()).isEqualTo("[\"guest\"]");
        assertThat(guest.get("/api/v1/namespaces/").body()).isEqualTo("[\"guest\"]");
        assertThat(guest.get("/api/v1/namespaces/guest").status()).isEqualTo(404);
        assertThat(guest.get("/api/v1/namespaces/guest/actions").body()).isEqualTo("[]");
        assertThat(guest.get("/api/v1/namespaces/_/actions").body()).isEqualTo("[]");
        assertThat(guest.get("/api/v1/namespaces/other/actions").status()).isEqualTo(403);
        assertThat(guest.get("/api/v1/namespaces/nobody/actions").status()).isEqualTo(403);
    }

    @Test
    @Tag("R-46")
    @Tag("attack-42")
    void metersAreForTheSystemOnly() {
        assertThat(platform.as(TestPlatform.SYSTEM).get("/metrics").body()).isEqualTo("some_meter 1\n");
        assertThat(guest.get("/metrics").status()).isEqualTo(403);
        assertThat(nobody.get("/metrics").status()).isEqualTo(401);
    }

    @Test
    @Tag("R-1")
    @Tag("R-6")
    void withoutCredentialsTheApiIsClosed() {
        Reply reply = nobody.get("/api/v1/namespaces/_/actions");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers()).containsEntry("www-authenticate", "Basic realm=\"OpenWhisk secure realm\"");
        assertThat(reply.error())
                .isEqualTo("The resource requires authentication, which was not supplied with the request");
        assertThat(reply.at("code")).isEqualTo(reply.headers().get("x-request-id"));
        assertThat(nobody.get("/api/v1/nothing").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @Tag("R-1")
    @Tag("attack-32")
    @ValueSource(
            strings = {
                "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:wrong",
                "unknown:gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg",
                "nobody:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "no-colon",
                ":",
                "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:"
            })
    void wrongCredentialsAreRefused(String credentials) {
        Reply reply = new Http(platform.port(), credentials).get("actions");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error()).isEqualTo("The supplied authentication is invalid");
    }

    @Test
    @Tag("R-1")
    void onlyBasicCredentialsCount() {
        assertThat(nobody.send("GET", "actions", null, Map.of("Authorization", "Bearer x"))
                        .error())
                .isEqualTo("The resource requires authentication, which was not supplied with the request");
        assertThat(nobody.send("GET", "actions", null, Map.of("Authorization", "Basic %%%"))
                        .error())
                .isEqualTo("The supplied authentication is invalid");
        assertThat(nobody.send("GET", "actions", null, Map.of("Authorization", "Basic " + "A".repeat(4000)))
                        .status())
                .isEqualTo(401);
    }

    @Test
    @Tag("R-6")
    void unknownRoutesAreNotFound() {
        for (String path : List.of(
                "/nothing", "/api/v1/nothing", "/api/v2", "/api", "//", "/api/v1//namespaces", "/api/v1/web/guest/d")) {
            Reply reply = guest.get(path);

            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.error()).isEqualTo("The requested resource could not be found.");
        }
    }

    @Test
    @Tag("R-6")
    @Tag("R-37")
    void wrongVerbsAreToldTheRightOnes() {
        Reply reply = guest.send("PATCH", "actions/x", "{}", Map.of());

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.error()).isEqualTo("HTTP method not allowed, supported methods: GET, PUT, POST, DELETE");
        Reply head = guest.send("HEAD", "actions", null, Map.of());
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
        assertThat(guest.post("/api/v1/namespaces", "{}").status()).isEqualTo(405);
    }

    @Test
    @Tag("R-9")
    @Tag("attack-33")
    void webPagesMayCallTheApi() {
        Reply preflight = nobody.send("OPTIONS", "/api/v1/whatever", null, Map.of());

        assertThat(preflight.status()).isEqualTo(200);
        for (Reply reply : List.of(preflight, guest.get("actions"), nobody.get("actions"), nobody.get("/api/v1"))) {
            assertThat(reply.headers())
                    .containsEntry("access-control-allow-origin", "*")
                    .containsEntry(
                            "access-control-allow-headers",
                            "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent")
                    .containsEntry("access-control-allow-methods", "GET, DELETE, POST, PUT, HEAD");
        }
        assertThat(nobody.get("/ping").headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    @Tag("R-4")
    @Tag("R-5")
    @Tag("attack-39")
    void aClientsRequestIdIsKeptIfItIsHarmless() {
        assertThat(withId("my-id.1")).isEqualTo("my-id.1");
        assertThat(withId("sid_1")).matches("[A-Za-z0-9]{32}");
        assertThat(withId("a b")).matches("[A-Za-z0-9]{32}");
        assertThat(withId("a\"b")).matches("[A-Za-z0-9]{32}");
        assertThat(withId("x".repeat(200))).matches("[A-Za-z0-9]{32}");
        assertThat(guest.send("GET", "actions", null, Map.of("X-OW-EXTRA-LOGGING", "on"))
                        .status())
                .isEqualTo(200);
    }

    private String withId(String id) {
        return String.valueOf(nobody.send("GET", "/ping", null, Map.of("X-Request-ID", id))
                .headers()
                .get("x-request-id"));
    }
}
