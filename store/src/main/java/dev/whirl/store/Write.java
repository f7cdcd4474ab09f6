package dev.whirl.store;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import org.jspecify.annotations.Nullable;

/// One part of a change of several entities: something to write, or what must hold for the others to be written.
/// See [Entities#applyAll].
public sealed interface Write {
    /// Creates (expected = null) or replaces an entity under its id.
    record Put(Entity entity, @Nullable Revision expected) implements Write {}

    /// Deletes what is under the id, in this revision. It need not be readable.
    record Delete(EntityId id, Revision expected) implements Write {}

    /// Writes nothing: there must be an entity under this id, whichever revision it has.
    record Present(EntityId id) implements Write {}

    /// Writes nothing: there must be nothing in this package.
    record Empty(NamespaceName namespace, EntityName pkg) implements Write {}
}
