package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Rule;
import dev.whirl.store.StoreException;

/// `DELETE …/rules/{name}` (rows ): active ones too; the answer says inactive.
final class DeleteRule implements Endpoint.Guarded {
    private final EntityAccess access;
    private final RuleStore rules;

    DeleteRule(EntityAccess access, RuleStore rules) {
        this.access = access;
        this.rules = rules;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        try {
            EntityAccess.Stored<Rule> stored = access.require(id, Rule.class);
            rules.delete(stored);
            return Answer.json(200, RuleJson.whole(stored.entity(), false));
        } catch (StoreException.Corrupted e) {
            return access.deleteUnread(call, id, Collection.RULES, revision -> rules.deleteUnread(id, revision));
        }
    }
}
