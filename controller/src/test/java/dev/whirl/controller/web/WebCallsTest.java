package dev.whirl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.RawSocket;
import dev.whirl.controller.TestPlatform;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may call what, and what a request becomes for the function.
class WebCallsTest {
    private static final String WEB = "/api/v1/web/guest/default/";

    private TestPlatform platform;
    private Http anybody;

    @BeforeEach
    void start() {
        platform = TestPlatform.start();
        anybody = new Http(platform.port(), "");
        platform.invoker().answerWith(Status.SUCCESS, "{\"body\":\"ok\"}");
        export("open", "");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("W-1")
    @Tag("R-43")
    @Tag("W-3")
    void anybodyMayCallAnExportedActionWhichRunsAsItsOwner() {
        for (String method : new String[] {"GET", "DELETE", "POST", "PUT", "PATCH", "HEAD"}) {
            Reply reply = anybody.send(method, WEB + "open", null, Map.of());

            assertThat(reply.status()).as(method).isEqualTo(200);
            assertThat(reply.headers()).containsKey("x-openwhisk-activation-id");
        }
        assertThat(platform.invoker().received())
                .hasSize(6)
                .allSatisfy(each -> assertThat(each.caller().namespace().name()).hasToString("guest"));
        assertThat(argument("__ow_method")).isEqualTo("\"head\"");
    }

    @ParameterizedTest
    @CsvSource({
        "open,                ''",
        "open/,               /",
        "open.json/a/b,       /a/b",
        "open.http/a%20b/,    /a%20b/",
        "open.text/%2e%2e/x,  /%2e%2e/x",
    })
    @Tag("W-1")
    @Tag("trap-9")
    void whatFollowsTheExtensionIsThePath(String path, String expected) {
        platform.invoker().answerWith(Status.SUCCESS, "{\"body\":\"ok\"}");

        anybody.get(WEB + path);

        assertThat(argument("__ow_path")).isEqualTo("\"" + expected + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/web/guest/default/missing",
                "/api/v1/web/guest/default/private",
                "/api/v1/web/guest/default/text",
                "/api/v1/web/guest/nopackage/open",
                "/api/v1/web/nobody/default/open",
                "/api/v1/web/guest/default/open.xml",
                "/api/v1/web/guest/default/$",
                "/api/v1/web/guest/%24/open",
                "/api/v1/web/%24/default/open"
            })
    @Tag("W-2")
    @Tag("trap-9")
    void whatIsMissingOrNotExportedLooksTheSame(String path) {
        platform.asGuest().putNodeAction("private");
        export("text", ",{\"key\":\"web-export\",\"value\":\"true\"}");

        Reply reply = anybody.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).isEqualTo("The requested resource does not exist.");
        assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    @Tag("W-4")
    @Tag("trap-10")
    @Tag("attack-34")
    void anActionMayRequireAKeyOfThePlatform() {
        export("guarded", ",{\"key\":\"require-whisk-auth\",\"value\":true}");

        assertThat(anybody.get(WEB + "guarded").status()).isEqualTo(401);
        assertThat(new Http(platform.port(), "no:key").get(WEB + "guarded").status())
                .isEqualTo(401);
        assertThat(platform.as(TestPlatform.OTHER).get(WEB + "guarded").status())
                .isEqualTo(200);
        assertThat(argument("__ow_user")).isEqualTo("\"other\"");
        assertThat(platform.invoker().received().getLast().caller().namespace().name())
                .hasToString("guest");
    }

    @ParameterizedTest
    @CsvSource({"'\"s3cret\"', s3cret", "4711, 4711"})
    @Tag("W-4")
    @Tag("trap-10")
    @Tag("attack-34")
    void anActionMayRequireASecretOfItsOwn(String value, String secret) {
        export("secret", ",{\"key\":\"require-whisk-auth\",\"value\":" + value + "}");
        String header = "X-Require-Whisk-Auth";

        assertThat(anybody.get(WEB + "secret").status()).isEqualTo(401);
        assertThat(platform.asGuest().get(WEB + "secret").status()).isEqualTo(401);
        assertThat(anybody.send("GET", WEB + "secret", null, Map.of(header, "x"))
                        .status())
                .isEqualTo(401);
        assertThat(anybody.send("GET", WEB + "secret", null, Map.of(header, secret))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("W-4")
    void badCredentialsOnAnOpenActionAreNobodys() {
        Reply reply = new Http(platform.port(), "no:key").get(WEB + "open");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(platform.invoker().received().getLast().arguments().field("__ow_user"))
                .isEmpty();
    }

    @Test
    @Tag("W-5")
    @Tag("trap-9")
    void anyPageMayCallUnlessTheActionAnswersOptionsItself() {
        Reply preflight =
                anybody.send("OPTIONS", WEB + "open", null, Map.of("Access-Control-Request-Headers", "X-Mine"));
        int calls = platform.invoker().received().size();
        Reply get = anybody.get(WEB + "open");
        export("custom", ",{\"key\":\"web-custom-options\",\"value\":true}");
        Reply custom = anybody.send("OPTIONS", WEB + "custom", null, Map.of());

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.body()).isEmpty();
        assertThat(calls).isZero();
        assertThat(preflight.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-allow-methods", "OPTIONS, GET, DELETE, POST, PUT, HEAD, PATCH")
                .containsEntry("access-control-allow-headers", "X-Mine");
        assertThat(get.headers()).containsEntry("access-control-allow-origin", "*");
        assertThat(custom.body()).isEqualTo("ok");
        assertThat(custom.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"secret\""})
    @Tag("W-4")
    @Tag("W-5")
    void browsersAskWithoutCredentialsWhetherAPageMayCall(String required) {
        export("guarded", ",{\"key\":\"require-whisk-auth\",\"value\":" + required + "}");

        Reply preflight = anybody.send("OPTIONS", WEB + "guarded", null, Map.of());
        Reply get = anybody.get(WEB + "guarded");

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.headers()).containsEntry("access-control-allow-origin", "*");
        assertThat(get.status()).isEqualTo(401);
        assertThat(get.headers()).containsEntry("access-control-allow-origin", "*");
        assertThat(platform.invoker().received()).isEmpty();
    }

    @Test
    @Tag("W-6")
    void anObjectInATypeThatIsWrittenInJsonBecomesArgumentsToo() {
        send("POST", "open", "application/vnd.api+json", "{\"b\":1}");

        assertThat(argument("b")).isEqualTo("1");
    }

    @Test
    @Tag("W-3")
    @Tag("W-5")
    void theOwnersQuotaCountsForOptionsToo() {
        limitGuestTo(1);

        assertThat(anybody.send("OPTIONS", WEB + "open", null, Map.of()).status())
                .isEqualTo(200);
        Reply throttled = platform.as(TestPlatform.OTHER).get(WEB + "open");

        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.error()).isEqualTo("Too many requests in the last minute (count: 2, allowed: 1).");
        assertThat(throttled.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    @Tag("W-6")
    void queryAndJsonBodyBecomeArgumentsAndTheBodyWins() {
        Reply reply = send("POST", "open?a=1&b=2&a=3&empty=&plus=x+y", "application/json", "{\"b\":{\"c\":[true]}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(argument("a")).isEqualTo("\"3\"");
        assertThat(argument("b")).isEqualTo("{\"c\":[true]}");
        assertThat(argument("empty")).isEqualTo("\"\"");
        assertThat(argument("plus")).isEqualTo("\"x y\"");
        assertThat(argument("__ow_headers")).contains("\"content-type\":\"application/json\"");
        assertThat(platform.invoker().received().getLast().arguments().fields())
                .doesNotContainKeys("__ow_body", "__ow_query");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                  | [1,2]     | [1,2]",
                "application/json                  | \"x\"       | \"x\"",
                "text/plain                        | grüße     | \"grüße\"",
                "application/xml                   | <a/>      | \"<a/>\"",
                "application/octet-stream          | abc       | \"YWJj\"",
                "image/png                         | abc       | \"YWJj\"",
            })
    @Tag("W-6")
    void anyOtherBodyIsHandedOverWhole(String type, String body, String expected) {
        send("POST", "open", type, body);

        assertThat(argument("__ow_body")).isEqualTo(expected);
    }

    @Test
    @Tag("W-6")
    void formFieldsBecomeArguments() {
        send("POST", "open", "application/x-www-form-urlencoded", "a=1&b=x%20y&%C3%BC=z&c=ß");

        assertThat(argument("a")).isEqualTo("\"1\"");
        assertThat(argument("b")).isEqualTo("\"x y\"");
        assertThat(argument("ü")).isEqualTo("\"z\"");
        assertThat(argument("c")).isEqualTo("\"ß\"");
    }

    @Test
    @Tag("W-7")
    void aRawActionGetsQueryAndBodyAsTheyCame() {
        export("raw", ",{\"key\":\"raw-http\",\"value\":true},{\"key\":\"final\",\"value\":true}");

        send("POST", "raw?a=1&__ow_method=x", "application/json", "{\"b\":2}");
        assertThat(argument("__ow_query")).isEqualTo("\"a=1&__ow_method=x\"");
        assertThat(argument("__ow_body")).isEqualTo("\"eyJiIjoyfQ==\"");
        assertThat(argument("__ow_method")).isEqualTo("\"post\"");
        assertThat(platform.invoker().received().getLast().arguments().fields()).doesNotContainKeys("a", "b");

        anybody.get(WEB + "raw");
        assertThat(argument("__ow_query")).isEqualTo("\"\"");
        assertThat(argument("__ow_body")).isEqualTo("\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"method", "headers", "path", "user", "query", "body"})
    @Tag("W-8")
    @Tag("trap-11")
    @Tag("attack-33")
    void reservedNamesAreRefusedInQueryAndBody(String name) {
        Reply query = anybody.get(WEB + "open?__ow_" + name + "=x");
        Reply body = send("POST", "open", "application/json", "{\"__ow_" + name + "\":1}");

        for (Reply each : new Reply[] {query, body}) {
            assertThat(each.status()).isEqualTo(400);
            assertThat(each.error())
                    .isEqualTo("Request defines parameters that are not allowed (e.g., reserved properties).");
        }
        assertThat(platform.invoker().received()).isEmpty();
    }

    @Test
    @Tag("W-8")
    @Tag("trap-11")
    @Tag("attack-33")
    void aFinalActionsParametersCanNotBeOverridden() {
        export("fixed", ",{\"key\":\"final\",\"value\":true}");

        assertThat(anybody.get(WEB + "fixed?set=x").status()).isEqualTo(400);
        assertThat(anybody.get(WEB + "fixed?unset=x").status()).isEqualTo(200);
        assertThat(argument("set")).isEqualTo("\"mine\"");
        assertThat(anybody.get(WEB + "open?set=x").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "guest.apihost.test,      /default/open.http/rest, 200, /rest",
        "GUEST.apihost.test:3233, /default/open,           404, ''",
        "guest.apihost.test:3233, /default/open,           200, ''",
        "guest.apihost.test,      /,                       200, ''",
        "apihost.test,            /default/open,           404, ''",
        "a.guest.apihost.test,    /default/open,           404, ''",
    })
    @Tag("W-13")
    void aNamespaceHasAHostOfItsOwn(String host, String path, int status, String rest) throws Exception {
        platform.asGuest().put("packages/public", "{}");
        export("public/index", "");

        try (var socket = new RawSocket(platform.port())) {
            String reply = socket.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host))
                    .readResponse();

            assertThat(reply).startsWith("HTTP/1.1 " + status + " ");
        }
        if (status == 200) {
            assertThat(argument("__ow_path")).isEqualTo("\"" + rest + "\"");
        }
    }

    @Test
    @Tag("W-12")
    void badAndLargeBodiesAreRefused() {
        Reply malformed = send("POST", "open", "application/json", "{");
        Reply large = send("POST", "open", "text/plain", "x".repeat(1024 * 1024 + 1));

        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.error()).startsWith("The request content was malformed:");
        assertThat(large.status()).isEqualTo(413);
        assertThat(platform.invoker().received()).isEmpty();
    }

    private Reply send(String method, String path, String type, String body) {
        return anybody.send(method, WEB + path, body, Map.of("Content-Type", type));
    }

    /// An argument of the last invocation.
    private String argument(String name) {
        return platform.invoker()
                .received()
                .getLast()
                .arguments()
                .field(name)
                .map(RawJson::toString)
                .orElse("(none)");
    }

    private void export(String name, String annotations) {
        Reply reply = platform.asGuest().put("actions/" + name, """
                {"exec": {"kind": "nodejs:20", "code": "x"},
                 "parameters": [{"key": "set", "value": "mine"}, {"key": "unset", "value": null}],
                 "annotations": [{"key": "web-export", "value": true}%s]}""".formatted(annotations));
        assertThat(reply.status()).isEqualTo(200);
    }

    private void limitGuestTo(int perMinute) {
        platform.stores()
                .subjects()
                .putLimits(new NamespaceName("guest"), new NamespaceLimits(perMinute, null, null, null, null));
    }
}
