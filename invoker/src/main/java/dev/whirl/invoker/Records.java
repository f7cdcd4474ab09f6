package dev.whirl.invoker;

import dev.whirl.invoker.run.Execution;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Records of activations (rows ). Pure. Times are whole milliseconds, so that end − start is the
/// duration in every view.
final class Records {
    private static final String UNKNOWN_KIND = "unknown";

    private Records() {}

    /// Of an activation that was run, or tried.
    static Activation of(Invocation invocation, Action action, Execution.Done done) {
        Instant start = done.start().truncatedTo(ChronoUnit.MILLIS);
        var duration = Duration.ofMillis(done.duration().toMillis());
        var annotations = annotations(invocation, action);
        annotations.put("timeout", RawJson.bool(done.isTimeout()));
        if (done.init() != null) {
            annotations.put("initTime", RawJson.number(done.init().toMillis()));
        }
        annotations.put("waitTime", RawJson.number(waitMillis(invocation, start)));
        return record(invocation, action.version(), start, duration, done.response(), annotations);
    }

    /// Of an activation that never came to a sandbox.
    static Activation notRun(Invocation invocation, Action action, ActivationResponse response, Instant now) {
        return of(invocation, action, new Execution.Done(response, false, false, now, null, Duration.ZERO));
    }

    /// Of an activation whose action could not be read: little is known of it.
    static Activation ofUnknown(Invocation invocation, ActivationResponse response, Instant now) {
        var annotations = new LinkedHashMap<String, RawJson>();
        annotations.put("path", RawJson.string(invocation.action().toString()));
        annotations.put("kind", RawJson.string(UNKNOWN_KIND));
        addOrigin(invocation, annotations);
        Instant start = now.truncatedTo(ChronoUnit.MILLIS);
        return record(invocation, Version.FIRST, start, Duration.ZERO, response, annotations);
    }

    private static Activation record(
            Invocation invocation,
            Version version,
            Instant start,
            Duration duration,
            ActivationResponse response,
            SequencedMap<String, RawJson> annotations) {
        return new Activation(
                invocation.caller().namespace().name(),
                invocation.action().name(),
                version,
                invocation.caller().subject(),
                invocation.id(),
                start,
                start.plus(duration),
                duration,
                invocation.cause(),
                response,
                List.of(),
                new Annotations(annotations));
    }

    private static SequencedMap<String, RawJson> annotations(Invocation invocation, Action action) {
        var annotations = new LinkedHashMap<String, RawJson>();
        annotations.put("limits", limits(action.limits()));
        annotations.put("path", RawJson.string(action.id().toString()));
        annotations.put("kind", RawJson.string(action.exec().kind()));
        addOrigin(invocation, annotations);
        return annotations;
    }

    /// By which way it was called: through a binding, as a part of a sequence or composition.
    private static void addOrigin(Invocation invocation, SequencedMap<String, RawJson> annotations) {
        if (invocation.binding() != null) {
            annotations.put("binding", RawJson.string(invocation.binding().toString()));
        }
        if (invocation.cause() != null) {
            annotations.put("causedBy", RawJson.string("sequence"));
        }
        if (invocation.attempt() != null) {
            annotations.put("attempt", RawJson.number(invocation.attempt().number()));
        }
    }

    private static RawJson limits(ActionLimits limits) {
        var json = new JsonWriter(100)
                .startObject()
                .field("concurrency", limits.concurrency())
                .field("logs", limits.logs().toMebibytes())
                .field("memory", limits.memory().toMebibytes())
                .field("timeout", limits.timeout().toMillis());
        if (limits.instances() != null) {
            json.field("instances", limits.instances());
        }
        return json.endObject().toRawJson();
    }

    private static long waitMillis(Invocation invocation, Instant start) {
        return Math.max(0, Duration.between(invocation.createdAt(), start).toMillis());
    }
}
