package dev.whirl.model.entity;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A named event that can be fired (row R-110).
///
/// @param rules what a firing sets off, by the rule's id. Whether a rule is active is kept here and not in the
///     rule (row R-121).
public record Trigger(
        EntityId id,
        Parameters parameters,
        SequencedMap<EntityId, Link> rules,
        Version version,
        Annotations annotations,
        Instant updated)
        implements Entity {
    /// Of a rule and what it calls, beside their names.
    private static final int LINK_BYTES = 256;

    /// A rule, as its trigger knows it.
    public record Link(EntityId action, boolean isActive) {}

    public Trigger {
        rules = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rules));
    }

    @Override
    public Collection collection() {
        return Collection.TRIGGERS;
    }

    /// About how much memory the rules take.
    long rulesBytes() {
        long bytes = 0;
        for (var each : rules.entrySet()) {
            bytes += LINK_BYTES
                    + each.getKey().toString().length()
                    + each.getValue().action().toString().length();
        }
        return bytes;
    }

    public Trigger withParameters(Parameters others) {
        return new Trigger(id, others, rules, version, annotations, updated);
    }

    /// This trigger with the rule set so.
    public Trigger withRule(EntityId rule, Link link) {
        var next = new LinkedHashMap<>(rules);
        next.put(rule, link);
        return new Trigger(id, parameters, next, version, annotations, updated);
    }

    public Trigger withoutRule(EntityId rule) {
        var next = new LinkedHashMap<>(rules);
        next.remove(rule);
        return new Trigger(id, parameters, next, version, annotations, updated);
    }
}
