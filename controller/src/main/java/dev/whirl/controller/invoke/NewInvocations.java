package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.invoke.compose.Steps.StepCall;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes invocations of calls: gives them an id and the time, and merges their arguments.
final class NewInvocations {
    private final ControllerId self;
    private final InstantSource clock;

    NewInvocations(ControllerId self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    /// The time that invocations made now have.
    Instant now() {
        return clock.instant();
    }

    /// @throws dev.whirl.model.ApiException 400 if the payload overrides what it must not
    Invocation single(InvokeCall call, boolean isBlocking) {
        CallableAction action = call.action();
        RawJson arguments = Arguments.merge(action.parameters(), action.isFinal(), call.payload());
        return of(call, arguments, locked(action, call.payload(), call.lockedPayload()), isBlocking);
    }

    /// One that is tried again if it fails and its action wants it.
    ///
    /// @throws dev.whirl.model.ApiException 400 if the payload overrides what it must not
    Invocation retried(InvokeCall call) {
        Invocation first = single(call, false);
        return RetryPolicy.of(call.action().action().annotations())
                .map(policy -> first.as(first.id(), Attempt.first(policy), first.createdAt()))
                .orElse(first);
    }

    /// A sequence or composition itself: its steps merge what they need, so that its payload stays as it is.
    ///
    /// @throws dev.whirl.model.ApiException 400 if the payload overrides what it must not
    Invocation composed(InvokeCall call, boolean isBlocking) {
        Arguments.requireAllowed(call.action().parameters(), call.action().isFinal(), call.payload());
        return of(call, call.payload(), call.lockedPayload(), isBlocking).composed();
    }

    /// A step may override the parameters of a final action: only who calls it from outside may not.
    Invocation step(StepCall call) {
        CallableAction action = call.action();
        return new Invocation(
                call.transaction(),
                ActivationId.random(),
                action.action().id(),
                action.revision().value(),
                action.binding(),
                call.caller(),
                Arguments.merge(action.parameters(), false, call.payload()),
                action.initArguments(),
                locked(action, call.payload(), call.lockedPayload()),
                true,
                false,
                call.cause(),
                self,
                clock.instant());
    }

    private Invocation of(InvokeCall call, RawJson arguments, Map<String, String> locked, boolean isBlocking) {
        CallableAction action = call.action();
        return new Invocation(
                call.transaction(),
                ActivationId.random(),
                action.action().id(),
                action.revision().value(),
                action.binding(),
                call.caller(),
                arguments,
                action.initArguments(),
                locked,
                isBlocking,
                !isBlocking,
                call.cause(),
                self,
                clock.instant());
    }

    /// What the payload overrides is encrypted if the payload's value is.
    private static Map<String, String> locked(CallableAction action, RawJson payload, Map<String, String> ofPayload) {
        Map<String, String> ofAction = action.lockedArguments();
        if (ofAction.isEmpty() || !payload.isObject()) {
            return ofPayload;
        }
        var locked = new LinkedHashMap<>(ofAction);
        payload.fields().keySet().forEach(locked::remove);
        locked.putAll(ofPayload);
        return locked;
    }
}
