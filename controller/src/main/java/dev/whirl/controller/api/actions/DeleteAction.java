package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import java.util.function.Consumer;

/// `DELETE …/actions/{name}` (row R-28). Answers with what was deleted; with code that can't be read any more
/// it is deleted all the same.
final class DeleteAction implements Endpoint.Guarded {
    private final ActionAccess actions;
    private final ActionCode code;
    private final Entities entities;
    private final Consumer<EntityId> changed;

    /// @param changed is told what was deleted
    DeleteAction(ActionAccess actions, ActionCode code, Entities entities, Consumer<EntityId> changed) {
        this.actions = actions;
        this.code = code;
        this.entities = entities;
        this.changed = changed;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = actions.ownId(call);
        ActionAccess.Stored stored = actions.require(id);
        Answer answer = describe(call, stored);
        try {
            entities.delete(id, stored.revision());
        } catch (ConflictException e) {
            throw ActionAccess.lostUpdate(e);
        }
        changed.accept(id);
        return answer;
    }

    private Answer describe(Call call, ActionAccess.Stored stored) {
        try {
            return code.answer(call.request(), stored.action());
        } catch (ApiException e) {
            return ActionJson.withoutCode(stored.action());
        }
    }
}
