package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Trigger;
import dev.whirl.store.StoreException;

/// `DELETE …/triggers/{name}` (rows ). Its rules stay, and are inactive from then on.
final class DeleteTrigger implements Endpoint.Guarded {
    private final EntityAccess access;

    DeleteTrigger(EntityAccess access) {
        this.access = access;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        try {
            EntityAccess.Stored<Trigger> stored = access.require(id, Trigger.class);
            EntityAccess.reserveAnswer(call, stored.entity());
            access.delete(id, stored.revision());
            return Answer.json(200, TriggerJson.whole(stored.entity()));
        } catch (StoreException.Corrupted e) {
            return access.deleteUnread(call, id, Collection.TRIGGERS, revision -> access.delete(id, revision));
        }
    }
}
