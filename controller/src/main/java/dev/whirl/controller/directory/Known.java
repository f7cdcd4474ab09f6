package dev.whirl.controller.directory;

import dev.whirl.model.entity.Entity;
import dev.whirl.store.Revision;

/// An entity as it was read lately.
public sealed interface Known permits CallableAction, Known.Plain {
    Entity entity();

    Revision revision();

    /// About how much memory it takes.
    int sizeBytes();

    /// A package, trigger or rule.
    record Plain(Entity entity, Revision revision, int sizeBytes) implements Known {}
}
