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

    /// Another action's, as the server described it.
    record Copied(RawJson json) implements ActionExec {}

    /// About how long the JSON is, so that code of many megabytes is not copied while the text grows.
    default int expectedBytes() {
        return switch (this) {
            case Code exec -> withEscapes(exec.code());
            case Image exec -> exec.code() == null ? 0 : withEscapes(exec.code());
            case Sequence(var components) -> components.size() * 50;
            case Copied(var json) -> json.sizeBytes();
        };
    }

    default void writeTo(JsonWriter writer) {
        switch (this) {
            case Code(var kind, var code, var main) -> {
                writer.startObject().field("kind", kind).field("code", code);
                optional(writer, "main", main);
                writer.endObject();
            }
            case Image(var image, var code, var main) -> {
                writer.startObject().field("kind", "blackbox").field("image", image);
                optional(writer, "code", code);
                optional(writer, "main", main);
                writer.endObject();
            }
            case Sequence(var components) -> {
                var names = components.stream().map(RawJson::string).toList();
                writer.startObject()
                        .field("kind", "sequence")
                        .field("components", RawJson.array(names))
                        .endObject();
            }
            case Copied(var json) -> writer.value(json);
        }
    }

    private static int withEscapes(String code) {
        return code.length() + code.length() / 8;
    }

    private static void optional(JsonWriter writer, String name, @Nullable String value) {
        if (value != null) {
            writer.field(name, value);
        }
    }
}
