package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.RawJson;

/// `POST …/rules/{name}` (rows ): switches a rule on or off.
final class SetRuleStatus implements Endpoint.Guarded {
    private static final long MAX_BODY = 64 * 1024;

    private final EntityAccess access;
    private final RuleStore rules;

    SetRuleStatus(EntityAccess access, RuleStore rules) {
        this.access = access;
        this.rules = rules;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        boolean isActive = isActive(call.request().object(MAX_BODY, 1));
        rules.set(id, isActive);
        return Answer.empty(200);
    }

    private static boolean isActive(RawJson body) {
        String status = body.field("status")
                .flatMap(RawJson::asText)
                .orElseThrow(() -> malformed(Messages.contentMalformed(Messages.RULE_STATUS_MISSING)));
        return switch (status) {
            case RuleJson.ACTIVE -> true;
            case RuleJson.INACTIVE -> false;
            default -> throw malformed(Messages.requirementFailed(Messages.ruleStateUnknown(status)));
        };
    }

    private static ApiException malformed(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }
}
