package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Trigger;

/// `GET …/triggers/{name}` (row R-31).
final class GetTrigger implements Endpoint.Guarded {
    private final EntityAccess access;

    GetTrigger(EntityAccess access) {
        this.access = access;
    }

    @Override
    public Answer answer(Call call) {
        Trigger trigger = access.require(access.ownId(call), Trigger.class).entity();
        EntityAccess.reserveAnswer(call, trigger);
        return Answer.json(200, TriggerJson.whole(trigger));
    }
}
