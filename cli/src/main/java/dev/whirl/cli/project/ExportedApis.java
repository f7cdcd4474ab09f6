package dev.whirl.cli.project;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Operations of the gateway on their way back to a manifest (row L-40). For one package.
final class ExportedApis {
    /// By the names of the API, then base path, path and action.
    private final SequencedMap<String, SequencedMap<String, SequencedMap<String, SequencedMap<String, RawJson>>>> apis =
            new LinkedHashMap<>();

    /// @param action its name as the manifest is to have it
    void add(ApiOperation api, String action) {
        apis.computeIfAbsent(api.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(api.target().base(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(api.target().path(), _ -> new LinkedHashMap<>())
                .put(action, operation(api));
    }

    /// The APIs by their names.
    SequencedMap<String, RawJson> fields() {
        var fields = new LinkedHashMap<String, RawJson>();
        apis.forEach((name, bases) -> {
            var shown = new LinkedHashMap<String, RawJson>();
            bases.forEach((base, paths) -> {
                var below = new LinkedHashMap<String, RawJson>();
                paths.forEach((path, actions) -> below.put(path, RawJson.object(actions)));
                shown.put(base, RawJson.object(below));
            });
            fields.put(name, RawJson.object(shown));
        });
        return fields;
    }

    private static RawJson operation(ApiOperation api) {
        return new JsonWriter()
                .startObject()
                .field("method", api.target().verb())
                .field("response", api.response().isEmpty() ? "http" : api.response())
                .endObject()
                .toRawJson();
    }
}
