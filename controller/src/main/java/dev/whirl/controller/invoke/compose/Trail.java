package dev.whirl.controller.invoke.compose;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sequence or composition leaves behind: grows with each call, becomes its record (rows ).
/// Used by one thread at a time.
final class Trail {
    private final ActivationId id;
    private final CallableAction action;
    private final @Nullable ActivationId cause;
    private final Instant createdAt;
    private final Instant start;
    private final List<String> calls = new ArrayList<>();
    private Duration duration = Duration.ZERO;
    private long memoryBytes;

    /// @param cause what it is a part of, null for the topmost
    /// @param createdAt when the controller took it
    Trail(ActivationId id, CallableAction action, @Nullable ActivationId cause, Instant createdAt, Instant start) {
        this.id = id;
        this.action = action;
        this.cause = cause;
        this.createdAt = createdAt;
        this.start = start;
    }

    ActivationId id() {
        return id;
    }

    Action action() {
        return action.action();
    }

    /// The most memory that a call needed; what the action itself is set to if there was no call.
    ByteSize memory() {
        return memoryBytes == 0 ? action().limits().memory() : ByteSize.bytes(memoryBytes);
    }

    /// A call that ended.
    void add(Activation call, ByteSize memory) {
        calls.add(call.id().value());
        duration = duration.plus(call.duration() == null ? Duration.ZERO : call.duration());
        memoryBytes = Math.max(memoryBytes, memory.bytes());
    }

    /// A call of which nothing is known but that it was made.
    void add(ActivationId call) {
        calls.add(call.value());
    }

    Activation record(Identity caller, ActivationResponse response, Instant end) {
        return new Activation(
                caller.namespace().name(),
                action().id().name(),
                action().version(),
                caller.subject(),
                id,
                start,
                end,
                duration,
                cause,
                response,
                calls,
                annotations());
    }

    private Annotations annotations() {
        var annotations = new LinkedHashMap<String, RawJson>();
        annotations.put("topmost", RawJson.bool(cause == null));
        annotations.put("path", RawJson.string(action().id().toString()));
        annotations.put("kind", RawJson.string(Exec.Sequence.KIND));
        if (!(action().exec() instanceof Exec.Sequence)) {
            annotations.put("conductor", RawJson.TRUE);
        }
        if (cause != null) {
            annotations.put("causedBy", RawJson.string("sequence"));
        }
        annotations.put(
                "waitTime",
                RawJson.number(Math.max(0, Duration.between(createdAt, start).toMillis())));
        if (action.binding() != null) {
            annotations.put("binding", RawJson.string(action.binding().toString()));
        }
        annotations.put("limits", LimitsAnnotation.of(action().limits(), memory()));
        return new Annotations(annotations);
    }
}
