package dev.whirl.controller.api.rules;

import dev.whirl.controller.api.entities.EntityAccess;
import dev.whirl.controller.api.entities.EntityAccess.Stored;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Writes rules and what their triggers know of them, both or none (row R-121). Who finds the trigger changed by
/// others tries again with the new one; a rule that was changed by others is a conflict.
final class RuleStore {
    static final int MAX_RULES = 1_000;

    private static final int PAGE = 1_000;

    /// Of others who change the same trigger at the same moment, one gets ahead each time.
    private static final int MOST_TRIES = 200;

    /// The writes of one try, by what is stored at the moment.
    private interface Attempt {
        List<Write> writes();
    }

    private final EntityAccess access;

    RuleStore(EntityAccess access) {
        this.access = access;
    }

    /// A rule without its trigger is inactive (row R-113).
    boolean isActive(Rule rule) {
        return isActive(trigger(rule.trigger()), rule.id());
    }

    /// @param old what is replaced, null for a new rule, which is active
    /// @return whether it is active now
    /// @throws ApiException 400 if the trigger is gone, 409 if somebody else changed the rule
    boolean put(Rule next, @Nullable Stored<Rule> old) {
        var isActive = new AtomicBoolean(true);
        apply(each -> !each.equals(next.id().toString()), () -> {
            var writes = new ArrayList<Write>();
            writes.add(new Write.Put(next, old == null ? null : old.revision()));
            Optional<Stored<Trigger>> trigger = trigger(next.trigger());
            if (old != null) {
                boolean moves = !old.entity().trigger().equals(next.trigger());
                Optional<Stored<Trigger>> before = moves ? trigger(old.entity().trigger()) : trigger;
                isActive.set(isActive(before, next.id()));
                before.filter(_ -> moves)
                        .flatMap(each -> unlink(each, next.id()))
                        .ifPresent(writes::add);
            }
            writes.add(link(trigger.orElseThrow(() -> missing(next)), next, isActive.get()));
            return writes;
        });
        return isActive.get();
    }

    /// @throws ApiException 404 if the rule is gone, or if it is to be active and its trigger is gone
    void set(EntityId id, boolean isActive) {
        apply(_ -> true, () -> {
            Stored<Rule> rule = access.require(id, Rule.class);
            Optional<Stored<Trigger>> trigger = trigger(rule.entity().trigger());
            if (isActive(trigger, id) == isActive) {
                return List.of();
            }
            Stored<Trigger> known =
                    trigger.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, Messages.RULE_WITHOUT_TRIGGER));
            // the rule is written as it is, so that nobody moves it to another trigger meanwhile
            return List.of(new Write.Put(rule.entity(), rule.revision()), link(known, rule.entity(), isActive));
        });
    }

    /// @throws ApiException 409 if somebody else changed the rule
    void delete(Stored<Rule> rule) {
        EntityId id = rule.entity().id();
        apply(each -> !each.equals(id.toString()), () -> {
            var writes = new ArrayList<Write>();
            writes.add(new Write.Delete(id, rule.revision()));
            trigger(rule.entity().trigger()).flatMap(each -> unlink(each, id)).ifPresent(writes::add);
            return writes;
        });
    }

    /// Deletes a rule that can't be read: which trigger is its own, only the triggers know.
    ///
    /// @throws ApiException 409 if somebody else changed the rule
    void deleteUnread(EntityId id, Revision revision) {
        apply(each -> !each.equals(id.toString()), () -> {
            var writes = new ArrayList<Write>();
            writes.add(new Write.Delete(id, revision));
            triggerOf(id).flatMap(each -> unlink(each, id)).ifPresent(writes::add);
            return writes;
        });
    }

    private Optional<Stored<Trigger>> triggerOf(EntityId rule) {
        int skip = 0;
        for (List<EntityId> page = triggers(rule, skip); !page.isEmpty(); page = triggers(rule, skip)) {
            Optional<Stored<Trigger>> found = page.stream()
                    .flatMap(each -> trigger(each).stream())
                    .filter(each -> each.entity().rules().containsKey(rule))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
            skip += PAGE;
        }
        return Optional.empty();
    }

    private List<EntityId> triggers(EntityId rule, int skip) {
        return access.ids(new Entities.Query(rule.namespace(), Collection.TRIGGERS, null, skip, PAGE));
    }

    /// @param isRetried whether a conflict over this document leads to another try
    private void apply(Predicate<String> isRetried, Attempt attempt) {
        for (int tries = 1; ; tries++) {
            try {
                access.applyAll(attempt.writes());
                return;
            } catch (ConflictException e) {
                if (tries == MOST_TRIES || !isRetried.test(e.document())) {
                    throw EntityAccess.lostUpdate(e);
                }
            }
        }
    }

    private static Write link(Stored<Trigger> trigger, Rule rule, boolean isActive) {
        Trigger before = trigger.entity();
        if (!before.rules().containsKey(rule.id()) && before.rules().size() >= MAX_RULES) {
            throw new ApiException(
                    ErrorCode.CONFLICT, Messages.tooManyRules(before.id().toString(), MAX_RULES));
        }
        return new Write.Put(before.withRule(rule.id(), new Trigger.Link(rule.action(), isActive)), trigger.revision());
    }

    private static Optional<Write> unlink(Stored<Trigger> trigger, EntityId rule) {
        Trigger before = trigger.entity();
        return before.rules().containsKey(rule)
                ? Optional.of(new Write.Put(before.withoutRule(rule), trigger.revision()))
                : Optional.empty();
    }

    private static boolean isActive(Optional<Stored<Trigger>> trigger, EntityId rule) {
        return trigger.map(each -> each.entity().rules().get(rule))
                .map(Trigger.Link::isActive)
                .orElse(false);
    }

    private static ApiException missing(Rule rule) {
        String sentence = Messages.ruleTriggerMissing(rule.trigger().toString());
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }

    /// Empty as well if something else has the trigger's name by now, or it can't be read: then it fires nothing.
    private Optional<Stored<Trigger>> trigger(EntityId id) {
        try {
            return access.find(id, Trigger.class);
        } catch (ApiException | StoreException.Corrupted e) {
            return Optional.empty();
        }
    }
}
