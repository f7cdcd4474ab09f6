package dev.whirl.client;

import dev.whirl.client.http.HttpReply;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Tells what an answer means. Pure.
final class Replies {
    static final String ACTIVATION_HEADER = "x-openwhisk-activation-id";

    private Replies() {}

    /// The JSON of a success; an empty body counts as `{}`.
    ///
    /// @throws ClientException for any other answer
    static RawJson value(HttpReply reply) {
        if (!reply.isSuccess()) {
            throw error(reply);
        }
        if (reply.body().length == 0) {
            return RawJson.EMPTY_OBJECT;
        }
        return json(reply).orElseThrow(() -> unusable(reply, "the body is not JSON"));
    }

    /// The elements of a success that is an array.
    static List<RawJson> list(HttpReply reply) {
        RawJson value = value(reply);
        if (value.kind() != RawJson.Kind.ARRAY) {
            throw unusable(reply, "the body is not a JSON array");
        }
        return value.elements();
    }

    /// What an answer with an error status says (row L-31).
    static ClientException error(HttpReply reply) {
        SequencedMap<String, RawJson> fields =
                json(reply).orElse(RawJson.EMPTY_OBJECT).fields();
        RawJson sentence = fields.get("error");
        RawJson code = fields.get("code");
        if (sentence == null || code == null || isMissing(sentence) || isMissing(code)) {
            return NotUnderstoodException.noEnvelope(
                    reply.status(), reply.header(ACTIVATION_HEADER).orElse(null), isWebPage(reply));
        }
        return new ApiErrorException(reply.status(), plain(sentence), plain(code));
    }

    static Optional<RawJson> json(HttpReply reply) {
        try {
            return Optional.of(RawJson.parse(reply.body()));
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    /// A success that says nothing of use.
    static NotUnderstoodException unusable(HttpReply reply, String reason) {
        return NotUnderstoodException.unusable(reply.status(), reason, isWebPage(reply));
    }

    private static boolean isWebPage(HttpReply reply) {
        return reply.header("content-type").orElse("").contains("html")
                || (reply.body().length > 0 && reply.body()[0] == '<');
    }

    private static String plain(RawJson value) {
        return value.asText().orElseGet(value::toString);
    }

    static boolean isMissing(@Nullable RawJson value) {
        return value == null || value.kind() == RawJson.Kind.NULL;
    }
}
