package dev.whirl.e2e.cluster;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import java.net.URI;

/// An API with one address, `/hello`, that answers `hello`.
final class ApiOfTests {
    private static final String WEB = ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]";

    private ApiOfTests() {}

    /// @param name of the API, and its base path
    /// @return the path of its address, on gateways and controllers
    static String create(Api api, String name) {
        String action = api.stored(Code.NODE, "const main = () => ({body: 'hello'})", WEB);
        String url = api.post("/api/v1/web/whisk.system/apimgmt/createApi.http", """
                        {"apidoc":{"namespace":"_","gatewayBasePath":"/%2$s","gatewayPath":"/hello",
                         "gatewayMethod":"GET","apiName":"%2$s","action":{"name":"%1$s","namespace":"_",
                         "backendMethod":"GET","backendUrl":"https://any/api/v1/web/guest/default/%1$s.http",
                         "authkey":"any"}},"responsetype":"http"}""".formatted(action, name))
                .expect(200)
                .text("gwApiUrl");
        return URI.create(url).getPath() + "/hello";
    }
}
