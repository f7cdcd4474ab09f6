package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens sequences and compositions.
public final class Compositions {
    private static final String CONDUCTOR = "conductor";

    private final Callees callees;
    private final Steps steps;
    private final CompositionRecords records;
    private final int limit;
    private final InstantSource clock;

    /// @param limit most actions in a sequence or composition
    public Compositions(Callees callees, Steps steps, CompositionRecords records, int limit, InstantSource clock) {
        this.callees = callees;
        this.steps = steps;
        this.records = records;
        this.limit = limit;
        this.clock = clock;
    }

    /// @param locked names of what is encrypted in it, and by which algorithm
    private record Payload(RawJson json, Map<String, String> locked) {
        static Payload of(Invocation invocation) {
            return new Payload(invocation.arguments(), invocation.lockedArguments());
        }
    }

    /// Whether invoking the action means to call others.
    public static boolean isComposite(Action action) {
        return isSequence(action) || isComposition(action);
    }

    static boolean isSequence(Action action) {
        return action.exec() instanceof Exec.Sequence;
    }

    /// The annotation counts on anything but sequences (row R-181).
    static boolean isComposition(Action action) {
        return !isSequence(action) && action.annotations().isTruthy(CONDUCTOR);
    }

    /// Gets a sequence or composition ready to run; nothing is called yet.
    ///
    /// @param parent the invocation of the sequence or composition itself
    /// @throws dev.whirl.model.ApiException 403 if the caller may not call a component of the sequence
    public Execution open(Invocation parent, CallableAction action) {
        var trail = new Trail(parent.id(), action, parent.cause(), parent.createdAt(), clock.instant());
        Level root = level(trail, action, Payload.of(parent), parent.caller(), null);
        return new Execution(parent.withoutArguments(), root, this);
    }

    /// As [#open(Invocation, CallableAction)], for an invocation of which nothing more is known.
    ///
    /// @throws dev.whirl.model.ApiException 403 or 404 if the caller may not call it any more, or it is gone
    public Execution open(Invocation parent) {
        EntityId asked = parent.binding() == null
                ? parent.action()
                : parent.binding().member(parent.action().name());
        return open(parent, callees.action(parent.caller(), asked));
    }

    /// A sequence or composition inside of another.
    Level inner(Next.Call call, Identity caller, Level outer) {
        var now = clock.instant();
        var trail =
                new Trail(ActivationId.random(), call.action(), outer.trail().id(), now, now);
        return level(trail, call.action(), new Payload(call.payload(), call.locked()), caller, outer);
    }

    private Level level(Trail trail, CallableAction action, Payload payload, Identity caller, @Nullable Level outer) {
        if (action.action().exec() instanceof Exec.Sequence(var ids)) {
            List<Component> components = ids.stream()
                    .map(id -> Component.of(callees, caller, id, outer == null))
                    .toList();
            var count = outer instanceof SequenceLevel sequence ? sequence.count() : new SequenceLevel.Count();
            return new SequenceLevel(trail, components, payload.json(), payload.locked(), count, limit);
        }
        var count = outer instanceof CompositionLevel composition ? composition.count() : new CompositionLevel.Count();
        var start = new CompositionLevel.Start(action, payload.json(), payload.locked(), count);
        return new CompositionLevel(trail, start, callees, caller, limit);
    }

    Steps steps() {
        return steps;
    }

    CompositionRecords records() {
        return records;
    }

    InstantSource clock() {
        return clock;
    }

    /// Deeper nesting than any that ends by itself: a composition that calls nothing but itself calls its conductor
    /// once on each level.
    int mostLevels() {
        return 2 * limit + 2;
    }

    /// Calls in all: many more than one sequence of compositions of sequences makes, few enough to end soon.
    int mostCalls() {
        return 200 * limit;
    }
}
