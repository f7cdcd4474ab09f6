package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.SharedServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wsk api`, and the addresses that it makes.
class ApiTest {
    private static final String TENANT = Api.GUEST_KEY.split(":")[0];
    private static final String TELLS_ITS_REQUEST = """
            function main(args) {
              const { __ow_method: method, __ow_path: path } = args
              return { headers: { 'X-Mine': 'yes' }, body: { method, path, name: args.name } }
            }""";

    @TempDir
    private Path folder;

    private final String base = "/" + Names.unique("shop");

    private final String action = SharedServer.guest().stored(Code.NODE, TELLS_ITS_REQUEST, "");

    @Test
    @Tag("L-18")
    @Tag("L-19")
    @Tag("G-1")
    @Tag("G-6")
    @Tag("G-11")
    void anApiIsCreatedCalledShownAndDeleted() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        Api callers = SharedServer.anonymous();

        assertThat(wsk.run("api", "create", base, "/orders", "get", action)
                        .expect(1)
                        .err())
                .contains("is not a web action");
        wsk.ok("action", "update", action, "--web", "true");
        String url =
                SharedServer.get().address().toString().replace("127.0.0.1", "localhost") + "/api/" + TENANT + base;
        assertThat(wsk.ok("api", "create", base, "/orders", "get", action, "--response-type", "http"))
                .isEqualTo("ok: created API %s/orders GET for action /_/%s\n%s/orders\n".formatted(base, action, url));
        wsk.ok("api", "create", base, "/orders/{id}", "put", action, "--response-type", "http");

        Answer read = callers.get(path("/orders?name=Ada")).expect(200);
        assertThat(read.text("name")).isEqualTo("Ada");
        assertThat(read.header("X-Mine")).isEqualTo("yes");
        assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("*");
        Answer put = callers.put(path("/orders/a%20b"), "{\"name\":\"Bob\"}").expect(200);
        assertThat(put.text("path")).isEqualTo("/orders/a%20b");
        assertThat(put.text("name")).isEqualTo("Bob");
        assertThat(callers.delete(path("/orders")).expect(404).text("message"))
                .isEqualTo("Error: Whoops. Verb not supported.");
        Answer preflight = callers.send(callers.request(path("/orders")).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.expect(200).header("Access-Control-Allow-Methods")).isEqualTo("GET, OPTIONS");

        assertThat(wsk.ok("api", "list", base)).contains("/guest/" + action).contains(url + "/orders/{id}");
        assertThat(wsk.ok("api", "get", base, "--format", "yaml")).startsWith("swagger: \"2.0\"\n");
        assertThat(wsk.ok("api", "delete", base, "/orders", "get"))
                .isEqualTo("ok: deleted /orders GET from " + base + "\n");
        callers.get(path("/orders")).expect(404);
        callers.put(path("/orders/1"), "{}").expect(200);
        assertThat(wsk.ok("api", "delete", base)).isEqualTo("ok: deleted API " + base + "\n");
        callers.put(path("/orders/1"), "{}").expect(404);
        assertThat(wsk.run("api", "get", base).expect(1).err())
                .isEqualTo("error: API does not exist for basepath " + base + "\n");
        assertThat(wsk.run("api", "delete", base).expect(144).err()).contains("does not exist.");
    }

    @Test
    @Tag("G-8")
    @Tag("G-9")
    void aDocumentAndAnActionWithASecret() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String guarded = SharedServer.guest().stored(Code.NODE, Code.node("return { body: { ok: true } }"), "");
        wsk.ok("action", "update", guarded, "--web", "true", "-a", "require-whisk-auth", "hush");
        wsk.ok("api", "create", base, "/guarded", "get", guarded, "--response-type", "http");
        assertThat(SharedServer.anonymous()
                        .get(path("/guarded"))
                        .expect(200)
                        .at("ok")
                        .asBoolean())
                .contains(true);

        wsk.file("shop.json", """
                {"swagger":"2.0","basePath":"%s","info":{"title":"The %s"},"paths":{"/who":{"get":{"x-openwhisk":{
                  "namespace":"guest","package":"default","action":"%s"}}}},
                 "securityDefinitions":{"o":{"type":"oauth2","x-provider":"mock"}}}""".formatted(base, base, action));
        wsk.ok("action", "update", action, "--web", "true");
        wsk.ok("api", "create", "--config-file", "shop.json");

        assertThat(SharedServer.anonymous().get(path("/who")).expect(401).text("message"))
                .isEqualTo("Error: Unauthorized");
        SharedServer.anonymous().with("Bearer test").get(path("/who")).expect(200);
        SharedServer.anonymous().get(path("/guarded")).expect(404);
        Answer described = SharedServer.guest()
                .get("/api/v1/web/whisk.system/apimgmt/getApi.http?spaceguid=%s&basepath=%s".formatted(TENANT, base))
                .expect(200);
        assertThat(described.at("apis").elements().getFirst().toString())
                .contains("\"gwApiActivated\":true", "\"tenantId\":\"" + TENANT + "\"");
        wsk.file("bad.json", """
                {"swagger":"2.0","basePath":"/x","info":{},"paths":{"/a":{"get":{"x-openwhisk":{"url":"http://10.0.0.1/"}}}}}""");
        assertThat(wsk.run("api", "create", "--config-file", "bad.json")
                        .expect(144)
                        .err())
                .contains("neither a web action nor");
        wsk.ok("api", "delete", "The " + base);
    }

    @Test
    @Tag("attack-33")
    void pathsThatOthersWouldReadDifferentlyAreRefused() {
        for (String trick : new String[] {"/a/../b", "/a//b", "/a%2fb", "/%2e%2e/b", "/a%00", "/a%zz"}) {
            try (var connection = new RawHttp(SharedServer.get())) {
                connection.write(RawHttp.head("GET", "/api/" + TENANT + trick, "Connection: close"));
                assertThat(connection.read(Duration.ofSeconds(5))).as(trick).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @Test
    @Tag("G-10")
    void nobodyTouchesWhatIsNotTheirs() {
        String query = "?accesstoken=DUMMY%20TOKEN&spaceguid=" + TENANT + "&basepath=/x";
        String path = "/api/v1/web/whisk.system/apimgmt/";

        for (Api stranger : new Api[] {SharedServer.anonymous(), SharedServer.system()}) {
            assertThat(stranger.get(path + "getApi.http" + query).expect(400).text("error"))
                    .isEqualTo("Invalid authentication.");
            assertThat(stranger.delete(path + "deleteApi.http" + query)
                            .expect(400)
                            .text("error"))
                    .isEqualTo("Invalid authentication.");
            assertThat(stranger.post(path + "createApi.http" + query, "{}")
                            .expect(400)
                            .text("error"))
                    .isEqualTo("A valid auth key is required.");
        }
        assertThat(SharedServer.guest()
                        .post(path + "createApi.http" + query, "{}")
                        .expect(400)
                        .text("error"))
                .isEqualTo("apidoc is required.");
        SharedServer.guest().get("/v2/" + TENANT + "/apis").expect(401);
    }

    private String path(String below) {
        return "/api/" + TENANT + base + below;
    }
}
