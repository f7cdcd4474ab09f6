package dev.whirl.model.entity;

import java.time.Instant;

/// Anything that lives under a name in a namespace.
public sealed interface Entity permits Action, ActionPackage, Rule, Trigger {
    EntityId id();

    Version version();

    Annotations annotations();

    /// When it was last written; lists are ordered by it (row R-11).
    Instant updated();

    Collection collection();

    /// Whether others may read it. Only packages can be public; `publish` of anything else has no effect (row A-6).
    default boolean isPublic() {
        return false;
    }

    /// About how much memory the parts take that may be large: parameters, annotations, rules.
    default long sizeBytes() {
        long own = switch (this) {
            case Action action -> action.parameters().sizeBytes();
            case ActionPackage pkg -> pkg.parameters().sizeBytes();
            case Trigger trigger -> trigger.parameters().sizeBytes() + trigger.rulesBytes();
            case Rule _ -> 0;
        };
        return own + annotations().sizeBytes();
    }
}
