package dev.whirl.model.entity;

import java.time.Instant;

/// Anything that lives under a name in a namespace. Packages, triggers and rules become further cases.
public sealed interface Entity permits Action {
    EntityId id();

    Version version();

    Annotations annotations();

    /// When it was last written; lists are ordered by it (row R-11).
    Instant updated();

    Collection collection();
}
