package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.entity.Rule;

/// `GET …/rules/{name}` (row R-34).
final class GetRule implements Endpoint.Guarded {
    private final EntityAccess access;
    private final RuleStore rules;

    GetRule(EntityAccess access, RuleStore rules) {
        this.access = access;
        this.rules = rules;
    }

    @Override
    public Answer answer(Call call) {
        Rule rule = access.require(access.ownId(call), Rule.class).entity();
        EntityAccess.reserveAnswer(call, rule);
        return Answer.json(200, RuleJson.whole(rule, rules.isActive(rule)));
    }
}
