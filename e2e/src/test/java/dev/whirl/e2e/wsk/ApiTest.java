package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wsk api` against web actions that stand in for the gateway's management: they answer in its form.
class ApiTest {
    private static final String WEB =
            ",\"annotations\":[{\"key\":\"web-export\",\"value\":true},{\"key\":\"final\",\"value\":true}]";

    /// What the gateway would say of an API with one operation.
    private static final String ANSWER = """
            const api = (base, path, verb, action) => ({ gwApiUrl: 'http://gateway/api' + base, gwApiActivated: true,
              apidoc: { swagger: '2.0', basePath: base, info: { title: 'The shop' }, paths: { [path]: { [verb]: {
                'x-openwhisk': { action: action.split('/').pop(), namespace: 'guest', package: 'default' } } } } } })
            const json = (statusCode, body) => ({ statusCode, headers: { 'Content-Type': 'application/json' }, body })
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void deployTheStandIn() {
        Api system = SharedServer.system();
        system.put(Api.OWN + "/packages/apimgmt?overwrite=true", "{}").expect(200);
        system.create("apimgmt/createApi", Code.NODE, ANSWER + """
                function main({ apidoc, spaceguid, accesstoken, responsetype }) {
                  if (!apidoc.action.backendUrl.endsWith('.' + responsetype)) return json(400, { error: 'wrong backend' })
                  if (!spaceguid || accesstoken !== 'DUMMY TOKEN') return json(401, { error: 'Invalid authentication.' })
                  return json(200, api(apidoc.gatewayBasePath, apidoc.gatewayPath, apidoc.gatewayMethod.toLowerCase(), apidoc.action.name))
                }""", WEB);
        system.create("apimgmt/getApi", Code.NODE, ANSWER + """
                function main({ basepath }) {
                  return json(200, { apis: basepath === '/nothing' ? [] : [{ value: api(basepath || '/shop', '/orders', 'get', 'list') }] })
                }""", WEB);
        system.create("apimgmt/deleteApi", Code.NODE, ANSWER + """
                function main({ basepath }) {
                  return basepath === '/shop' ? { statusCode: 204 } : json(400, { error: "API '" + basepath + "' does not exist." })
                }""", WEB);
    }

    @Test
    @Tag("L-18")
    @Tag("L-19")
    @Tag("G-6")
    void anApiIsCreatedShownAndDeleted() {
        var wsk = new Wsk(folder, SharedServer.get().address());
        String action = SharedServer.guest().stored(Code.NODE, Code.NODE_ECHO, "");

        assertThat(wsk.run("api", "create", "/shop", "/orders", "get", action)
                        .expect(2)
                        .err())
                .contains("is not a web action");
        wsk.ok("action", "update", action, "--web", "true");
        assertThat(wsk.ok("api", "create", "/shop", "/orders", "get", action))
                .isEqualTo("ok: created API /shop/orders GET for action /_/%s\nhttp://gateway/api/shop/orders\n"
                        .formatted(action));
        assertThat(wsk.ok("api", "list")).isEqualTo("""
                        ok: APIs
                        Action         Verb  API Name  URL
                        /guest/list     get  The shop  http://gateway/api/shop/orders
                        """);
        assertThat(wsk.ok("api", "get", "/shop", "--format", "yaml")).startsWith("swagger: \"2.0\"\nbasePath: /shop\n");
        assertThat(wsk.run("api", "get", "/nothing").expect(1).err())
                .isEqualTo("error: API does not exist for basepath /nothing\n");
        assertThat(wsk.ok("api", "delete", "/shop")).isEqualTo("ok: deleted API /shop\n");
        assertThat(wsk.run("api", "delete", "/" + Names.unique("none"))
                        .expect(144)
                        .err())
                .contains("does not exist.");
    }
}
