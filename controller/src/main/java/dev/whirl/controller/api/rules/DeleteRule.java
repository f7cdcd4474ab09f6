package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Rule;

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
        EntityAccess.Stored<Rule> stored = access.require(access.ownId(call), Rule.class);
        rules.delete(stored);
        return Answer.json(200, RuleJson.whole(stored.entity(), false));
    }
}
