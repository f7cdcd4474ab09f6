package dev.whirl.model.entity;

import java.time.Instant;

/// A function: what to execute, with which parameters, within which limits (row R-61).
public record Action(
        EntityId id,
        Exec exec,
        Parameters parameters,
        ActionLimits limits,
        Version version,
        Annotations annotations,
        Instant updated)
        implements Entity {
    public Action withParameters(Parameters others) {
        return new Action(id, exec, others, limits, version, annotations, updated);
    }

    @Override
    public Collection collection() {
        return Collection.ACTIONS;
    }
}
