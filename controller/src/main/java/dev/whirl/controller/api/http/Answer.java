package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a handler answers.
///
/// @param contentType null for none
/// @param fields further headers
/// @param activation goes into the header `x-openwhisk-activation-id` (row R-10)
public record Answer(
        int status,
        @Nullable String contentType,
        Content content,
        List<Field> fields,
        @Nullable ActivationId activation) {
    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain; charset=UTF-8";

    public Answer {
        fields = List.copyOf(fields);
    }

    /// One header.
    public record Field(String name, String value) {}

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
        ///
        /// @param sizeBytes negative if it is not known before
        record Pieces(long sizeBytes, Source source) implements Content {}
    }

    /// Writes a body piece by piece.
    public interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Answer json(int status, JsonWriter body) {
        return new Answer(status, JSON, new Content.Bytes(body.toBytes()), List.of(), null);
    }

    public static Answer json(int status, RawJson body) {
        return new Answer(status, JSON, new Content.Bytes(body.toBytes()), List.of(), null);
    }

    public static Answer json(int status, long sizeBytes, Source body) {
        return new Answer(status, JSON, new Content.Pieces(sizeBytes, body), List.of(), null);
    }

    /// JSON of unknown size, written when the answer is sent. What breaks off meanwhile breaks the connection.
    public static Answer json(int status, Source body) {
        return new Answer(status, JSON, new Content.Pieces(-1, body), List.of(), null);
    }

    public static Answer text(int status, String contentType, String body) {
        return new Answer(
                status, contentType, new Content.Bytes(body.getBytes(StandardCharsets.UTF_8)), List.of(), null);
    }

    /// As the answer to HEAD must be.
    Answer withoutContent() {
        return new Answer(status, contentType, new Content.Bytes(new byte[0]), fields, activation);
    }

    public Answer withActivation(ActivationId id) {
        return new Answer(status, contentType, content, fields, id);
    }

    /// The same with further headers.
    public Answer withFields(List<Field> more) {
        var all = new ArrayList<>(fields);
        all.addAll(more);
        return new Answer(status, contentType, content, all, activation);
    }

    /// No body and no type of one.
    public static Answer empty(int status) {
        return new Answer(status, null, new Content.Bytes(new byte[0]), List.of(), null);
    }

    /// @param contentType of the bytes, whatever they are
    public static Answer bytes(int status, String contentType, byte[] body) {
        return new Answer(status, contentType, new Content.Bytes(body), List.of(), null);
    }

    /// A sentence in the envelope of row R-6.
    public static Answer error(int status, String sentence, TransactionId transaction) {
        return ErrorEnvelope.answer(status, sentence, transaction);
    }

    /// An error in the envelope of row R-6.
    public static Answer error(ApiException e, TransactionId transaction) {
        return ErrorEnvelope.answer(e.code().status(), e.sentence(), transaction);
    }
}
