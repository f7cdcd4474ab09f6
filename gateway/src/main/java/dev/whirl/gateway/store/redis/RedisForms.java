package dev.whirl.gateway.store.redis;

import dev.whirl.gateway.document.Json;
import dev.whirl.gateway.store.StoredApi;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What stands in Redis under the keys.
final class RedisForms {
    private RedisForms() {}

    static String text(StoredApi api) {
        Map<String, RawJson> document = api.document().fields();
        return new JsonWriter()
                .startObject()
                .field("id", api.id())
                .field("tenantId", api.tenant())
                .field("name", Json.text(Json.object(document, "info"), "title", ""))
                .field("basePath", Json.text(document, "basePath", ""))
                .field("open_api_doc", api.document().compact())
                .endObject()
                .toRawJson()
                .toString();
    }

    /// @return empty for what others wrote in another form
    static Optional<StoredApi> api(String text) {
        try {
            Map<String, RawJson> fields = RawJson.parse(text).fields();
            String id = Json.text(fields, "id", "");
            String tenant = Json.text(fields, "tenantId", "");
            RawJson document = fields.get("open_api_doc");
            return id.isEmpty() || tenant.isEmpty() || document == null
                    ? Optional.empty()
                    : Optional.of(new StoredApi(tenant, id, document));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    static String tenant(String id) {
        return new JsonWriter()
                .startObject()
                .field("id", id)
                .field("namespace", id)
                .field("instance", "openwhisk")
                .endObject()
                .toRawJson()
                .toString();
    }

    /// By path: which verbs there are, and of which API.
    static Map<String, String> resources(StoredApi api) {
        Map<String, RawJson> document = api.document().fields();
        String base = Json.text(document, "basePath", "").replaceFirst("/$", "");
        var resources = new LinkedHashMap<String, String>();
        Json.object(document, "paths").forEach((path, verbs) -> {
            var json = new JsonWriter()
                    .startObject()
                    .field("apiId", api.id())
                    .field("tenantId", api.tenant())
                    .name("operations")
                    .startObject();
            verbs.fields().forEach((verb, operation) -> {
                if (operation.isObject()) {
                    String url = Json.text(Json.object(operation.fields(), "x-openwhisk"), "url", "");
                    json.name(verb.toUpperCase(Locale.ROOT))
                            .startObject()
                            .field("backendUrl", url)
                            .field("backendMethod", verb.toUpperCase(Locale.ROOT))
                            .endObject();
                }
            });
            resources.put(base + path, json.endObject().endObject().toRawJson().toString());
        });
        return resources;
    }
}
