package dev.whirl.cli.project;

import dev.whirl.cli.project.manifest.Variables;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.Set;

/// Operations of the gateway on their way back to a manifest (row L-40). For one package.
final class ExportedApis {
    /// By the names of the API, then base path, path and action.
    private final SequencedMap<String, SequencedMap<String, SequencedMap<String, SequencedMap<String, Operation>>>>
            apis = new LinkedHashMap<>();

    /// All methods of an action behind a path.
    private record Operation(String response, Set<String> verbs) {
        RawJson toJson() {
            return new JsonWriter()
                    .startObject()
                    .field("method", String.join(",", verbs))
                    .field("response", response)
                    .endObject()
                    .toRawJson();
        }
    }

    /// @param action its name as the manifest is to have it
    /// @return false if it was left out: a manifest has one kind of answer for an action behind a path
    boolean add(ApiOperation api, String action) {
        String response = api.response().isEmpty() ? "http" : api.response();
        Operation operation = apis.computeIfAbsent(api.name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(api.target().base(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(api.target().path(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(action, _ -> new Operation(response, new LinkedHashSet<>()));
        if (!operation.response().equals(response)) {
            return false;
        }
        operation.verbs().add(api.target().verb());
        return true;
    }

    /// The APIs by their names.
    SequencedMap<String, RawJson> fields() {
        var fields = new LinkedHashMap<String, RawJson>();
        apis.forEach((name, bases) -> {
            var shown = new LinkedHashMap<String, RawJson>();
            bases.forEach((base, paths) -> {
                var below = new LinkedHashMap<String, RawJson>();
                paths.forEach((path, actions) -> {
                    var operations = new LinkedHashMap<String, RawJson>();
                    actions.forEach((action, operation) -> operations.put(action, operation.toJson()));
                    below.put(path, RawJson.object(operations));
                });
                shown.put(base, RawJson.object(below));
            });
            fields.put(Variables.escaped(name), RawJson.object(shown));
        });
        return fields;
    }
}
