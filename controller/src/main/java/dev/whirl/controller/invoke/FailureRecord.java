package dev.whirl.controller.invoke;

import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of accepted activations that no invoker will write.
final class FailureRecord {
    private FailureRecord() {}

    /// It may have been running when the server died (design, decision 7).
    ///
    /// @param action as it is now, null if it is gone
    static Activation lost(Invocation invocation, @Nullable Action action) {
        return record(invocation, action, invocation.createdAt(), Messages.LOST_IN_CRASH);
    }

    /// No invoker could be reached.
    static Activation notSent(Invocation invocation, @Nullable Action action, Instant now) {
        return record(invocation, action, now, Messages.NO_RESOURCES);
    }

    /// The action was deleted before an invocation of it that was accepted could be sent.
    static Activation actionGone(Invocation invocation, Instant now) {
        return record(invocation, null, now, Messages.ACTION_GONE);
    }

    private static Activation record(Invocation invocation, @Nullable Action action, Instant end, String sentence) {
        return new Activation(
                invocation.caller().namespace().name(),
                invocation.action().name(),
                action == null ? Version.FIRST : action.version(),
                invocation.caller().subject(),
                invocation.id(),
                invocation.createdAt(),
                end,
                Duration.ZERO,
                invocation.cause(),
                ActivationResponse.failure(Status.WHISK_ERROR, sentence),
                List.of(),
                annotations(invocation, action));
    }

    /// Row R-135; what is not known any more is of kind `unknown`.
    private static Annotations annotations(Invocation invocation, @Nullable Action action) {
        String kind = action == null ? "unknown" : action.exec().kind();
        ActionLimits limits = action == null ? ActionLimits.DEFAULT : action.limits();
        return Annotations.NONE
                .with("path", RawJson.string(invocation.action().toString()))
                .with("kind", RawJson.string(kind))
                .with("limits", json(limits))
                .with("timeout", RawJson.FALSE);
    }

    private static RawJson json(ActionLimits limits) {
        var out = new JsonWriter(128).startObject();
        out.field("timeout", limits.timeout().toMillis());
        out.field("memory", limits.memory().toMebibytes());
        out.field("logs", limits.logs().toMebibytes());
        out.field("concurrency", limits.concurrency());
        if (limits.instances() != null) {
            out.field("instances", limits.instances());
        }
        return out.endObject().toRawJson();
    }
}
