package dev.whirl.controller.invoke;

import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.controller.invoke.compose.LimitsAnnotation;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Version;
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
        boolean isFollowed = invocation.attempt() != null
                && invocation.attempt().number() < invocation.attempt().policy().attempts();
        String sentence = isFollowed ? ActivationMessages.ATTEMPT_LOST_IN_CRASH : ActivationMessages.LOST_IN_CRASH;
        return record(invocation, action, invocation.createdAt(), whiskError(sentence));
    }

    /// No invoker could be reached.
    static Activation notSent(Invocation invocation, @Nullable Action action, Instant now) {
        return record(invocation, action, now, whiskError(ActivationMessages.NO_RESOURCES));
    }

    /// No invoker had room for it in all the time that it may wait.
    ///
    /// @param action as it is now, null if it is gone
    static Activation noRoom(Invocation invocation, @Nullable Action action, Duration waited, Instant now) {
        return record(invocation, action, now, whiskError(ActivationMessages.noPlace(waited)));
    }

    /// The action was deleted before an invocation of it that was accepted could be sent: its owner's doing, as if the
    /// invoker had found it gone.
    static Activation actionGone(Invocation invocation, Instant now) {
        return record(
                invocation, null, now, ActivationResponse.failure(Status.APPLICATION_ERROR, Messages.ACTION_GONE));
    }

    /// The action, or a part of it, can't be read any more.
    static Activation unreadable(Invocation invocation, Instant now) {
        return record(invocation, null, now, whiskError(Messages.CORRUPTED));
    }

    /// It was accepted and may not be called any more.
    static Activation refused(Invocation invocation, Action action, String sentence, Instant now) {
        return record(invocation, action, now, ActivationResponse.failure(Status.APPLICATION_ERROR, sentence));
    }

    private static ActivationResponse whiskError(String sentence) {
        return ActivationResponse.failure(Status.WHISK_ERROR, sentence);
    }

    private static Activation record(
            Invocation invocation, @Nullable Action action, Instant end, ActivationResponse response) {
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
                response,
                List.of(),
                annotations(invocation, action));
    }

    /// Rows; what is not known any more is of kind `unknown`.
    private static Annotations annotations(Invocation invocation, @Nullable Action action) {
        String kind = action == null ? "unknown" : action.exec().kind();
        ActionLimits limits = action == null ? ActionLimits.DEFAULT : action.limits();
        Annotations annotations = Annotations.NONE
                .with("path", RawJson.string(invocation.action().toString()))
                .with("kind", RawJson.string(kind))
                .with("limits", LimitsAnnotation.of(limits))
                .with("timeout", RawJson.FALSE);
        if (action != null && Compositions.isComposite(action)) {
            annotations = annotations
                    .with("kind", RawJson.string(Exec.Sequence.KIND))
                    .with("topmost", RawJson.bool(invocation.cause() == null));
            if (!(action.exec() instanceof Exec.Sequence)) {
                annotations = annotations.with("conductor", RawJson.TRUE);
            }
        }
        return withOrigin(annotations, invocation);
    }

    /// By which way it was called.
    private static Annotations withOrigin(Annotations annotations, Invocation invocation) {
        Annotations all = annotations;
        if (invocation.binding() != null) {
            all = all.with("binding", RawJson.string(invocation.binding().toString()));
        }
        if (invocation.attempt() != null) {
            all = all.with("attempt", RawJson.number(invocation.attempt().number()));
        }
        return invocation.cause() == null ? all : all.with("causedBy", RawJson.string("sequence"));
    }
}
