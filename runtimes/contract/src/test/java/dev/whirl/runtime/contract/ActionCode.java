package dev.whirl.runtime.contract;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/// The code of an action as an init carries it.
///
/// @param code text, or base64 where `isBinary`
record ActionCode(String code, boolean isBinary, String main) {
    private static final Path RESOURCES = Path.of("src/test/resources");

    static ActionCode source(String code) {
        return new ActionCode(code, false, "main");
    }

    /// A file below the test resources.
    static ActionCode resource(String path) {
        return source(text(path));
    }

    static ActionCode binary(byte[] content) {
        return new ActionCode(Base64.getEncoder().encodeToString(content), true, "main");
    }

    ActionCode withMain(String newMain) {
        return new ActionCode(code, isBinary, newMain);
    }

    static String text(String path) {
        try {
            return Files.readString(RESOURCES.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The document of row K-10.
    RawJson init(Map<String, String> env) {
        var writer = new JsonWriter(code.getBytes(StandardCharsets.UTF_8).length + 512);
        writer.startObject().name("value").startObject();
        writer.field("name", "action")
                .field("main", main)
                .field("binary", isBinary)
                .field("code", code);
        writer.name("env").startObject();
        env.forEach(writer::field);
        return writer.endObject().endObject().endObject().toRawJson();
    }
}
