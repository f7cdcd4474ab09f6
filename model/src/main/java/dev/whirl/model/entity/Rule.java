package dev.whirl.model.entity;

import java.time.Instant;

/// Says that a trigger sets off an action (row R-120). Whether it does at present is kept in the trigger.
///
/// @param action may lie in a package or in a binding
public record Rule(
        EntityId id, EntityId trigger, EntityId action, Version version, Annotations annotations, Instant updated)
        implements Entity {
    @Override
    public Collection collection() {
        return Collection.RULES;
    }
}
