package dev.whirl.controller.api.actions;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.activations.ActivationJson;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Query;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.controller.invoke.InvokeCall;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.controller.invoke.InvokeOutcome;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import java.time.Duration;

/// `POST …/actions/{name}` (rows ).
final class InvokeAction implements Endpoint.Guarded {
    private static final int COPIES = 3;

    private final Gate gate;
    private final Resolver resolver;
    private final InvokeEngine engine;
    private final KindRules kinds;
    private final SystemLimits limits;

    InvokeAction(Gate gate, Resolver resolver, InvokeEngine engine, KindRules kinds, SystemLimits limits) {
        this.gate = gate;
        this.resolver = resolver;
        this.engine = engine;
        this.kinds = kinds;
        this.limits = limits;
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        EntityId id = call.actionId();
        Query query = call.query();
        boolean isBlocking = query.flag("blocking", false);
        boolean resultOnly = query.flag("result", false);
        Duration wait = wait(query);
        try (Admission admission = admit(call)) {
            CallableAction action = resolver.action(call.caller(), id);
            kinds.check(call.caller(), action);
            long most = limits.in(call.caller().limits()).payload().bytes();
            RawJson payload = call.request().object(most, COPIES);
            var invokeCall =
                    new InvokeCall(call.request().transaction(), call.caller(), action, payload, admission, null);
            return isBlocking
                    ? blocking(invokeCall, wait, resultOnly)
                    : accepted(engine.invocations().accept(invokeCall));
        }
    }

    private Admission admit(Call call) {
        try {
            return gate.admit(call.caller());
        } catch (ApiException e) {
            if (e.code() == ErrorCode.TOO_MANY_REQUESTS) {
                engine.outcomes().throttled();
            }
            throw e;
        }
    }

    private Answer blocking(InvokeCall call, Duration wait, boolean resultOnly) throws InterruptedException {
        return switch (engine.invocations().runAndWait(call, wait)) {
            case InvokeOutcome.Finished(Activation activation) -> finished(activation, resultOnly);
            case InvokeOutcome.StillRunning(ActivationId id) -> accepted(id);
        };
    }

    /// Row R-82. Of what was lost on its way nothing is known, and another call may do better: 503, as row R-85 has
    /// it for calls that can't be served now. The record has no logs: they come with the stored one. An array
    /// stands alone in any case.
    private static Answer finished(Activation activation, boolean resultOnly) {
        int status = switch (activation.response().status()) {
            case SUCCESS -> 200;
            case APPLICATION_ERROR, DEVELOPER_ERROR -> 502;
            case WHISK_ERROR -> activation.response().isLost() ? 503 : 500;
        };
        RawJson result = activation.response().result();
        RawJson shown = result == null ? RawJson.EMPTY_OBJECT : result;
        Answer answer = resultOnly || shown.kind() == RawJson.Kind.ARRAY
                ? Answer.json(status, shown)
                : Answer.json(status, ActivationJson.withoutLogs(activation));
        return answer.withActivation(activation.id());
    }

    private static Answer accepted(ActivationId id) {
        var body = new JsonWriter(64)
                .startObject()
                .field("activationId", id.value())
                .endObject();
        return Answer.json(202, body).withActivation(id);
    }

    /// Row R-81: it bounds the wait, not the action.
    private Duration wait(Query query) {
        long max = limits.blockingWait().toMillis();
        String text = query.find("timeout").orElse(null);
        if (text == null) {
            return limits.blockingWait();
        }
        try {
            long millis = Long.parseLong(text);
            if (millis >= 1 && millis <= max) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            throw Query.malformed("timeout", Messages.timeoutParameter(max));
        }
        throw Query.malformed("timeout", Messages.timeoutParameter(max));
    }
}
