package dev.whirl.e2e.badinput.random;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import java.util.List;
import java.util.Map;

/// Entities for random requests to read, change and destroy, in the guest's namespace.
final class Playground {
    /// Called, never changed on purpose.
    static final String ECHO = "fz-echo";

    static final String WEB = "fz-web";

    /// Names that come and go.
    static final List<String> NAMES = List.of("fz-1", "fz-2", "fz-3", "fz-pkg", "fz-bound", "fz-trigger", "fz-rule");

    private static final String FIELDS = "\"parameters\":[{\"key\":\"p\",\"value\":{\"a\":[1,\"b\"]}}],"
            + "\"annotations\":[{\"key\":\"n\",\"value\":\"v\"}],\"version\":\"0.0.1\",\"publish\":false";
    private static final String CODE = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main(a){return a}\","
            + "\"main\":\"main\",\"binary\":false},\"limits\":{\"timeout\":60000,\"memory\":256,\"logs\":10,"
            + "\"concurrency\":1,\"instances\":1},\"delAnnotations\":[\"x\"]," + FIELDS + "}";

    /// Documents as they should be, by method and collection.
    static final Map<String, List<JsonElement>> DOCUMENTS = Map.of(
            "PUT actions",
            documents(
                    CODE,
                    "{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/fz-echo\",\"/guest/fz-echo\"]}," + FIELDS
                            + "}",
                    "{\"exec\":{\"kind\":\"blackbox\",\"image\":\"a/b:c\",\"code\":\"abcd\",\"main\":\"m\"}}"),
            "POST actions",
            documents("{\"a\":1,\"b\":{\"c\":[true,null,\"☃\"]}}"),
            "PUT packages",
            documents("{" + FIELDS + "}", "{\"binding\":{\"namespace\":\"_\",\"name\":\"fz-pkg\"}," + FIELDS + "}"),
            "PUT triggers",
            documents("{\"limits\":{}," + FIELDS + "}"),
            "POST triggers",
            documents("{\"a\":{\"b\":[1]},\"__ow_headers\":{\"x\":\"y\"}}"),
            "PUT rules",
            documents(
                    "{\"trigger\":\"/_/fz-trigger\",\"action\":\"/_/fz-echo\"," + FIELDS + "}",
                    "{\"trigger\":{\"path\":\"guest\",\"name\":\"fz-trigger\"},"
                            + "\"action\":{\"path\":\"guest/fz-pkg\",\"name\":\"fz-1\"}}"),
            "POST rules",
            documents("{\"status\":\"active\"}", "{\"status\":\"inactive\",\"action\":null,\"trigger\":null}"));

    /// What a request to any other route carries.
    static final List<JsonElement> ANYTHING = documents("{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "[]");

    private Playground() {}

    private static List<JsonElement> documents(String... texts) {
        return List.of(texts).stream().map(JsonParser::parseString).toList();
    }

    static void build(Api guest) {
        guest.create(ECHO, Code.NODE, Code.NODE_ECHO);
        String web = ",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]";
        guest.create(WEB, Code.NODE, Code.node("return {body: 'fine'};"), web);
        guest.put(Api.OWN + "/packages/fz-pkg?overwrite=true", "{}").expect(200);
        guest.put(Api.OWN + "/triggers/fz-trigger?overwrite=true", "{}").expect(200);
        guest.put(
                        Api.OWN + "/rules/fz-rule?overwrite=true",
                        "{\"trigger\":\"/_/fz-trigger\",\"action\":\"/_/fz-echo\"}")
                .expect(200);
        guest.result(ECHO, "{}").expect(200);
    }
}
