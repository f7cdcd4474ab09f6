package dev.whirl.store;

import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Actions, triggers, rules and packages in one key space (row R-16). Writes are durable on return.
public interface Entities {
    /// An entity as it was read.
    record Stored(Entity entity, Revision revision) {}

    /// Which entities to list.
    ///
    /// @param pkg only those in this package; null for all of the namespace, in packages or not
    /// @param limit most rows; the caller has applied default and maximum
    record Query(
            NamespaceName namespace,
            Collection collection,
            @Nullable EntityName pkg,
            int skip,
            int limit) {}

    Optional<Stored> find(EntityId id);

    /// Creates (expected = null) or replaces the entity under its id.
    ///
    /// @throws ConflictException if it exists though it was to be created, or has another revision
    Revision put(Entity entity, @Nullable Revision expected) throws ConflictException;

    /// @throws ConflictException if it has another revision or is gone
    void delete(EntityId id, Revision expected) throws ConflictException;

    /// Newest first by `updated`; of equal ones by id, ascending.
    List<Entity> list(Query query);

    /// How many a list would give without limit, after skipping.
    long count(Query query);
}
