package dev.whirl.controller.api.http;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a handler answers.
///
/// @param activation goes into the header `x-openwhisk-activation-id` (row R-10)
public record Answer(
        int status,
        String contentType,
        Content content,
        @Nullable ActivationId activation) {
    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain; charset=UTF-8";

    /// The body.
    public sealed interface Content {
        /// Held in memory; nobody changes the bytes any more.
        final class Bytes implements Content {
            private final byte[] bytes;

            public Bytes(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /// Too large to be held once more in memory.
        record Pieces(long sizeBytes, Source source) implements Content {}
    }

    /// Writes a body piece by piece.
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Answer json(int status, JsonWriter body) {
        return new Answer(status, JSON, new Content.Bytes(body.toBytes()), null);
    }

    public static Answer json(int status, RawJson body) {
        return new Answer(status, JSON, new Content.Bytes(body.toBytes()), null);
    }

    public static Answer json(int status, long sizeBytes, Source body) {
        return new Answer(status, JSON, new Content.Pieces(sizeBytes, body), null);
    }

    public static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType, new Content.Bytes(body.getBytes(StandardCharsets.UTF_8)), null);
    }

    /// As the answer to HEAD must be.
    Answer withoutContent() {
        return new Answer(status, contentType, new Content.Bytes(new byte[0]), activation);
    }

    public Answer withActivation(ActivationId id) {
        return new Answer(status, contentType, content, id);
    }
}
