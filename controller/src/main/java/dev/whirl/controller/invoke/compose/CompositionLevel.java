package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A composition under way: a conductor says what to call next and is told what came of it, until it names nothing
/// more (rows ). Used by one thread at a time.
///
/// | state     | event                            | next                               |
/// |-----------|----------------------------------|------------------------------------|
/// | Conduct   | the conductor names an action    | Perform; Conduct with an error if that can't be called |
/// | Conduct   | the conductor names nothing      | Finish                             |
/// | Perform   | the component ended              | Conduct with its result            |
final class CompositionLevel implements Level {
    /// Calls made by a composition and the compositions that are its components.
    static final class Count {
        private int conductors;
        private int components;
    }

    private sealed interface State {
        /// @param input what the conductor is told
        record Conduct(RawJson input, Map<String, String> locked) implements State {
            Conduct(RawJson input) {
                this(input, Map.of());
            }
        }

        record Perform(CallableAction component, RawJson params) implements State {}

        record Finish(ActivationResponse response) implements State {}
    }

    private final Trail trail;
    private final CallableAction conductor;
    private final Callees callees;
    private final Identity caller;
    private final Count count;
    private final int limit;
    private State state;
    private @Nullable RawJson kept;

    /// @param start the conductor, what it is told first, and the calls made so far
    /// @param limit most components; conductors may be called twice as often and once more
    CompositionLevel(Trail trail, Start start, Callees callees, Identity caller, int limit) {
        this.trail = trail;
        this.conductor = start.conductor();
        this.callees = callees;
        this.caller = caller;
        this.count = start.count();
        this.limit = limit;
        this.state = new State.Conduct(start.payload(), start.locked());
    }

    record Start(CallableAction conductor, RawJson payload, Map<String, String> locked, Count count) {}

    @Override
    public Trail trail() {
        return trail;
    }

    Count count() {
        return count;
    }

    @Override
    public Next next() {
        return switch (state) {
            case State.Conduct conduct -> conduct(conduct);
            case State.Perform(CallableAction component, RawJson params) ->
                new Next.Call(component, params, Map.of(), false, null);
            case State.Finish(ActivationResponse response) -> new Next.End(response);
        };
    }

    private Next conduct(State.Conduct told) {
        if (count.conductors > 2 * limit) {
            return new Next.End(ActivationResponse.failure(Status.APPLICATION_ERROR, tooLong()));
        }
        count.conductors++;
        return new Next.Call(conductor, withKept(told.input()), told.locked(), true, null);
    }

    @Override
    public void ended(ActivationResponse response) {
        state = switch (state) {
            case State.Conduct _ -> decide(response);
            case State.Perform _ -> new State.Conduct(told(response.result()));
            case State.Finish _ -> throw new IllegalStateException("nothing was called");
        };
    }

    private static RawJson told(@Nullable RawJson result) {
        RawJson boxed = ConductorResult.boxed(result);
        return boxed == null ? RawJson.EMPTY_OBJECT : boxed;
    }

    private State decide(ActivationResponse response) {
        ConductorResult said = ConductorResult.of(response.result());
        kept = said.state();
        if (said.action() != null) {
            RawJson params = said.params();
            return perform(said.action(), params == null ? RawJson.EMPTY_OBJECT : params);
        }
        return new State.Finish(
                said.params() == null
                        ? response
                        : new ActivationResponse(response.status(), said.params(), (long)
                                said.params().sizeBytes()));
    }

    /// What can't be called is the conductor's to deal with: it is told the error (row R-182).
    private State perform(RawJson name, RawJson params) {
        EntityId id = ComponentName.parse(name, caller.namespace().name()).orElse(null);
        if (id == null) {
            return error(
                    ActivationMessages.compositionNameMalformed(name.compact().toString()));
        }
        if (count.components >= limit) {
            return error(ActivationMessages.COMPOSITION_TOO_LONG);
        }
        try {
            CallableAction component = callees.action(caller, id);
            if (!Compositions.isComposition(component.action())) {
                count.components++;
            }
            return new State.Perform(component, params);
        } catch (ApiException e) {
            return error(
                    e.code() == ErrorCode.FORBIDDEN
                            ? ActivationMessages.compositionNotEntitled(id.toString())
                            : ActivationMessages.compositionNameUnknown(id.toString()));
        }
    }

    private static State error(String sentence) {
        return new State.Conduct(RawJson.object("error", RawJson.string(sentence)));
    }

    /// The conductor's own state goes with whatever it is told, and wins.
    private RawJson withKept(RawJson input) {
        if (kept == null) {
            return input;
        }
        var fields = new LinkedHashMap<>(input.fields());
        fields.putAll(kept.fields());
        return RawJson.object(fields);
    }

    @Override
    public long heldBytes() {
        long waiting = switch (state) {
            case State.Conduct conduct -> conduct.input().sizeBytes();
            case State.Perform perform -> perform.params().sizeBytes();
            case State.Finish _ -> 0;
        };
        return waiting + (kept == null ? 0 : kept.sizeBytes());
    }

    @Override
    public String tooLong() {
        return ActivationMessages.COMPOSITION_TOO_LONG;
    }

    @Override
    public String unanswered(ActivationId id) {
        return ActivationMessages.compositionStepUnanswered(id.value());
    }

    @Override
    public String failed() {
        return ActivationMessages.COMPOSITION_FAILED;
    }
}
