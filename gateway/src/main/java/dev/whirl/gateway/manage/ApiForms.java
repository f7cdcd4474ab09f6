package dev.whirl.gateway.manage;

import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The forms in which APIs are told of.
///
/// @param address where managed endpoints are reached: `https://host`, without a slash at its end
/// @param obstacle why an API is not served, if it is not
record ApiForms(String address, Function<StoredApi, Optional<String>> obstacle) {
    private static final String PROBLEM = "problem";
    private static final int AROUND_DOCUMENT = 512;

    String url(StoredApi api) {
        String base = Json.text(api.document().fields(), "basePath", "");
        return "%s/api/%s%s".formatted(address, api.tenant(), base.equals("/") ? "" : base);
    }

    /// Row G-9. An API that is not served says so, and why.
    RawJson cli(StoredApi api, String namespace) {
        Optional<String> problem = obstacle.apply(api);
        JsonWriter out = new JsonWriter()
                .startObject()
                .field("namespace", namespace)
                .field("gwApiUrl", url(api))
                .field("gwApiActivated", problem.isEmpty())
                .field("tenantId", api.tenant())
                .field("gwApiGuid", api.id())
                .field("apidoc", api.document());
        problem.ifPresent(each -> out.field(PROBLEM, each));
        return out.endObject().toRawJson();
    }

    RawJson cliList(List<StoredApi> apis, String namespace) {
        var json = new JsonWriter((int) Math.min(sizeBytes(apis), Integer.MAX_VALUE))
                .startObject()
                .name("apis")
                .startArray();
        for (StoredApi each : apis) {
            json.startObject().field("value", cli(each, namespace)).endObject();
        }
        return json.endArray().endObject().toRawJson();
    }

    /// How long a list is, about.
    static long sizeBytes(List<StoredApi> apis) {
        return apis.stream()
                .mapToLong(each -> each.document().sizeBytes() + AROUND_DOCUMENT)
                .sum();
    }

    /// Row G-2.
    RawJson second(StoredApi api) {
        JsonWriter out = new JsonWriter()
                .startObject()
                .field("artifact_id", api.id())
                .field("managed_url", url(api))
                .field("open_api_doc", api.document());
        obstacle.apply(api).ifPresent(each -> out.field(PROBLEM, each));
        return out.endObject().toRawJson();
    }

    /// Row G-3.
    RawJson first(StoredApi api) {
        Map<String, RawJson> document = api.document().fields();
        return new JsonWriter()
                .startObject()
                .field("id", api.id())
                .field("tenantId", api.tenant())
                .field("name", name(api))
                .field("basePath", Json.text(document, "basePath", ""))
                .field("managedUrl", url(api))
                .field("open_api_doc", api.document())
                .endObject()
                .toRawJson();
    }

    static RawJson tenant(String id) {
        return new JsonWriter()
                .startObject()
                .field("id", id)
                .field("namespace", id)
                .field("instance", "openwhisk")
                .endObject()
                .toRawJson();
    }

    static String name(StoredApi api) {
        return Json.text(Json.object(api.document().fields(), "info"), "title", "");
    }

    /// Whether it is the API of this base path, or of this name.
    static boolean isCalled(StoredApi api, String basePathOrName) {
        return basePathOrName.startsWith("/")
                ? trimmed(Json.text(api.document().fields(), "basePath", "")).equals(trimmed(basePathOrName))
                : name(api).equals(basePathOrName);
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
