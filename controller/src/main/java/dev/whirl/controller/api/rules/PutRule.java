package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.limits.SystemLimits;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// `PUT …/rules/{name}` (rows ): creates a rule, which is active, or changes it if `overwrite` is set; then
/// it is as active as it was.
final class PutRule implements Endpoint.Guarded {
    private static final int COPIES = 2;

    private final EntityAccess access;
    private final Resolver resolver;
    private final RuleStore rules;
    private final SystemLimits limits;
    private final InstantSource clock;

    PutRule(ApiParts parts, RuleStore rules) {
        this.access = parts.access();
        this.resolver = parts.resolver();
        this.limits = parts.limits();
        this.clock = parts.clock();
        this.rules = rules;
    }

    @Override
    public Answer answer(Call call) {
        EntityId id = access.ownId(call);
        RulePut put = RulePut.decode(
                call.request().object(limits.entityBody(), COPIES),
                call.caller().namespace().name());
        put.fields().requireSizes(limits.in(call.caller().limits()));
        EntityAccess.Stored<Rule> old = access.replaced(call, id, Rule.class);
        Rule next = next(id, put, old == null ? null : old.entity());
        requireTrigger(call, next.trigger());
        requireAction(call.caller(), next.action());
        boolean isActive = rules.put(next, old);
        return Answer.json(200, RuleJson.whole(next, isActive));
    }

    private Rule next(EntityId id, RulePut put, @Nullable Rule old) {
        EntityId trigger = put.trigger() == null && old != null ? old.trigger() : put.trigger();
        EntityId action = put.action() == null && old != null ? old.action() : put.action();
        if (trigger == null || action == null) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.RULE_INCOMPLETE);
        }
        Version version = old == null ? Version.FIRST : old.version().nextPatch();
        Annotations annotations = old == null ? Annotations.NONE : old.annotations();
        return new Rule(
                id,
                trigger,
                action,
                put.fields().version() == null ? version : put.fields().version(),
                put.fields().annotations() == null ? annotations : put.fields().annotations(),
                Instant.ofEpochMilli(clock.millis()));
    }

    private void requireTrigger(Call call, EntityId trigger) {
        access.requireOwner(call, trigger);
        if (trigger.pkg() != null || access.find(trigger, Trigger.class).isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.ruleTriggerMissing(trigger.toString()));
        }
    }

    /// It must exist and be for the caller to use, now; later firings look again.
    private void requireAction(Identity caller, EntityId action) {
        try {
            resolver.action(caller, action);
        } catch (ApiException e) {
            throw e.code() == ErrorCode.NOT_FOUND
                    ? new ApiException(ErrorCode.BAD_REQUEST, Messages.ruleActionMissing(action.toString()))
                    : e;
        }
    }
}
