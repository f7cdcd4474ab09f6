package dev.whirl.client;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an action runs (row R-63).
public sealed interface ActionExec {
    /// Code for one of the platform's runtimes: text, or base64 of an archive or executable.
    record Code(String kind, String code, @Nullable String main) implements ActionExec {}

    /// An image of the user's, with code or without.
    record Image(
            String image, @Nullable String code, @Nullable String main) implements ActionExec {}

    /// Other actions, one after another, with names `/namespace/package/name`.
    record Sequence(List<String> components) implements ActionExec {
        public Sequence {
            components = List.copyOf(components);
        }
    }

    default RawJson toJson() {
        var writer = new JsonWriter().startObject();
        switch (this) {
            case Code(var kind, var code, var main) -> {
                writer.field("kind", kind).field("code", code);
                optional(writer, "main", main);
            }
            case Image(var image, var code, var main) -> {
                writer.field("kind", "blackbox").field("image", image);
                optional(writer, "code", code);
                optional(writer, "main", main);
            }
            case Sequence(var components) ->
                writer.field("kind", "sequence")
                        .field(
                                "components",
                                RawJson.array(
                                        components.stream().map(RawJson::string).toList()));
        }
        return writer.endObject().toRawJson();
    }

    private static void optional(JsonWriter writer, String name, @Nullable String value) {
        if (value != null) {
            writer.field(name, value);
        }
    }
}
