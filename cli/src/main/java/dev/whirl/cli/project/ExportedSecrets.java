package dev.whirl.cli.project;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the web actions whose secrets an exported manifest holds, in clear: a deployment needs them again. Pure.
final class ExportedSecrets {
    /// What callers of a web action must know, if it is a text or number.
    private static final String ANNOTATION = "require-whisk-auth";

    private ExportedSecrets() {}

    /// The names of the actions, `package/name`.
    static List<String> actions(RawJson manifest) {
        var names = new ArrayList<String>();
        below(below(manifest, "project"), "packages").fields().forEach((place, entities) -> {
            for (String section : List.of("actions", "sequences")) {
                below(entities, section).fields().entrySet().stream()
                        .filter(action -> hasSecret(action.getValue()))
                        .map(Map.Entry::getKey)
                        .forEach(name -> names.add(place + "/" + name));
            }
        });
        return List.copyOf(names);
    }

    private static boolean hasSecret(RawJson action) {
        RawJson.Kind kind = below(below(action, "annotations"), ANNOTATION).kind();
        return kind == RawJson.Kind.STRING || kind == RawJson.Kind.NUMBER;
    }

    private static RawJson below(RawJson value, String key) {
        return value.field(key).orElse(RawJson.NULL);
    }
}
