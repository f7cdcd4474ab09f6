package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.StoreException;

/// `DELETE …/actions/{name}` (row R-28). Answers with what was deleted; with code that can't be read any more
/// it is deleted all the same.
final class DeleteAction implements Endpoint.Guarded {
    private final EntityAccess access;
    private final OwnActions actions;
    private final ActionCode code;

    DeleteAction(EntityAccess access, OwnActions actions, ActionCode code) {
        this.access = access;
        this.actions = actions;
        this.code = code;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = actions.id(call);
        try {
            EntityAccess.Stored<Action> stored = access.require(id, Action.class);
            EntityAccess.reserveAnswer(call, stored.entity());
            Answer answer = describe(call, stored.entity());
            access.delete(id, stored.revision());
            return answer;
        } catch (StoreException.Corrupted e) {
            return access.deleteUnread(call, id, Collection.ACTIONS, revision -> access.delete(id, revision));
        }
    }

    private Answer describe(Call call, Action action) {
        try {
            return code.answer(call.request(), action);
        } catch (ApiException e) {
            return ActionJson.withoutCode(action, null);
        }
    }
}
