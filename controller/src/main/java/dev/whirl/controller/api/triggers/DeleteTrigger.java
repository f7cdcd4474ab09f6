package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Trigger;

/// `DELETE …/triggers/{name}` (rows ). Its rules stay, and are inactive from then on.
final class DeleteTrigger implements Endpoint.Guarded {
    private final EntityAccess access;

    DeleteTrigger(EntityAccess access) {
        this.access = access;
    }

    @Override
    public Answer answer(Call call) {
        EntityAccess.Stored<Trigger> stored = access.require(access.ownId(call), Trigger.class);
        access.delete(stored);
        return Answer.json(200, TriggerJson.whole(stored.entity()));
    }
}
