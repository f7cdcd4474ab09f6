package dev.whirl.controller.api.triggers;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.actions.KindRules;
import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.invoke.fire.Firing;
import dev.whirl.controller.invoke.fire.TriggerEvent;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;

/// `POST …/triggers/{name}` (rows ): 202 with the id of the trigger's activation, or 204 if no rule
/// is active.
final class FireTrigger implements Endpoint.Guarded {
    private static final int COPIES = 3;

    private final Gate gate;
    private final EntityAccess access;
    private final Directory directory;
    private final SystemLimits limits;
    private final Firing firing;

    FireTrigger(ApiParts parts, KindRules kinds) {
        this.gate = parts.gate();
        this.access = parts.access();
        this.directory = parts.engine().directory();
        this.limits = parts.limits();
        this.firing = new Firing(
                parts.engine(),
                parts.gate(),
                parts.resolver(),
                kinds,
                parts.limits(),
                parts.rules().records(),
                parts.clock());
    }

    @Override
    public Answer answer(Call call) throws InterruptedException {
        gate.admitFire(call.caller());
        EntityId id = access.ownId(call);
        Trigger trigger = directory
                .trigger(id)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND));
        ApiRequest request = call.request();
        RawJson payload =
                request.object(limits.in(call.caller().limits()).payload().bytes(), COPIES);
        var event = new TriggerEvent(request.transaction(), call.caller(), trigger, payload, request.headers());
        return firing.fire(event).map(FireTrigger::accepted).orElseGet(() -> Answer.empty(204));
    }

    private static Answer accepted(ActivationId id) {
        var body = new JsonWriter(64)
                .startObject()
                .field("activationId", id.value())
                .endObject();
        return Answer.json(202, body).withActivation(id);
    }
}
