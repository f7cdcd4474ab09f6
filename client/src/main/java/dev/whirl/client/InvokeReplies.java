package dev.whirl.client;

import dev.whirl.client.InvokeOutcome.Accepted;
import dev.whirl.client.InvokeOutcome.Failed;
import dev.whirl.client.InvokeOutcome.Succeeded;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.client.http.HttpReply;
import dev.whirl.model.json.RawJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells how an invocation ended from its answer (rows, L-32). Pure.
final class InvokeReplies {
    private InvokeReplies() {}

    static InvokeOutcome outcome(HttpReply reply, Mode mode) {
        if (reply.status() == 502 || (reply.status() == 200 && mode != Mode.RESULT)) {
            Optional<RawJson> body = Replies.json(reply).filter(json -> isFailure(json, reply.status()));
            if (body.isPresent()) {
                return new Failed(reply.status(), body.get(), activationId(reply, body.get()));
            }
        }
        RawJson body = Replies.value(reply);
        String id = activationId(reply, body);
        if (reply.status() != 202) {
            return new Succeeded(body, id);
        }
        if (id == null) {
            throw Replies.unusable(reply, "it names no activation");
        }
        return new Accepted(id);
    }

    /// A record that says that it failed, or, with status 502, a bare result with an error; an error envelope is
    /// neither.
    private static boolean isFailure(RawJson body, int status) {
        var fields = body.fields();
        if (!Replies.isMissing(fields.get("code"))) {
            return false;
        }
        var response = fields.getOrDefault("response", RawJson.NULL).fields();
        if (!Replies.isMissing(response.get("status"))) {
            return status == 502
                    || !response.getOrDefault("success", RawJson.TRUE)
                            .asBoolean()
                            .orElse(true);
        }
        return status == 502 && !Replies.isMissing(fields.get("error"));
    }

    private static @Nullable String activationId(HttpReply reply, RawJson body) {
        return reply.header(Replies.ACTIVATION_HEADER)
                .or(() -> body.field("activationId").flatMap(RawJson::asText))
                .orElse(null);
    }
}
