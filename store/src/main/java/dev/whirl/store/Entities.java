package dev.whirl.store;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Actions, triggers, rules and packages in one key space (row R-16). Writes are durable on return.
public interface Entities {
    /// An entity as it was read.
    record Stored(Entity entity, Revision revision) {}

    /// What is known of an entity without reading its document.
    record Head(EntityId id, Collection collection, Revision revision) {}

    /// Which entities to list.
    ///
    /// @param pkg only those in this package; null for all of the namespace, in packages or not (row R-24)
    /// @param isPublicOnly only what others may read: packages that are public and no bindings (rows)
    /// @param limit most rows; the caller has applied default and maximum
    record Query(
            NamespaceName namespace,
            Collection collection,
            @Nullable EntityName pkg,
            boolean isPublicOnly,
            int skip,
            int limit) {
        public Query {
            require(pkg == null || !isPublicOnly, "nothing in a package is public by itself");
        }

        public Query(NamespaceName namespace, Collection collection, @Nullable EntityName pkg, int skip, int limit) {
            this(namespace, collection, pkg, false, skip, limit);
        }

        /// The packages of a namespace that everybody may read.
        public static Query publicPackages(NamespaceName namespace, int skip, int limit) {
            return new Query(namespace, Collection.PACKAGES, null, true, skip, limit);
        }
    }

    /// Whether an entity is in a list of those that are public. Every adapter decides it here.
    static boolean isPublic(Entity entity) {
        return switch (entity) {
            case ActionPackage pkg -> pkg.isPublic() && !pkg.isBinding();
            case Action _ -> false;
            case Trigger _ -> false;
            case Rule _ -> false;
        };
    }

    /// @throws StoreException.Corrupted if it is there and can't be read
    Optional<Stored> find(EntityId id);

    /// As [#find], and works where the document can't be read: what a deletion needs.
    Optional<Head> head(EntityId id);

    /// Creates (expected = null) or replaces the entity under its id.
    ///
    /// @throws ConflictException if it exists though it was to be created, or has another revision
    default Revision put(Entity entity, @Nullable Revision expected) throws ConflictException {
        return applyAll(List.of(new Write.Put(entity, expected))).getFirst();
    }

    /// Works where the document can't be read too.
    ///
    /// @throws ConflictException if it has another revision or is gone
    default void delete(EntityId id, Revision expected) throws ConflictException {
        applyAll(List.of(new Write.Delete(id, expected)));
    }

    /// Makes several changes in one, all or none. Each sees those before it.
    ///
    /// @return the revisions of what was put, in that order
    /// @throws ConflictException names the first entity that has another revision than expected, is there or not
    ///     there against expectation, or is a package that is not empty; then nothing was written
    List<Revision> applyAll(List<Write> writes) throws ConflictException;

    /// Newest first by `updated`; of equal ones by id, ascending. What can't be read is left out.
    List<Entity> list(Query query);

    /// The ids of what [#list] would give, and of what it would leave out because it can't be read: for those who
    /// read large entities one by one.
    default List<EntityId> ids(Query query) {
        return list(query).stream().map(Entity::id).toList();
    }

    /// The namespaces that have entities, by name: for operators.
    List<NamespaceName> namespaces();

    /// How many a list would give without limit, after skipping. Costs the same for any number.
    long count(Query query);

    /// How many actions are in a package. To delete a package only if there are none, see [Write.Empty].
    default long countInPackage(NamespaceName namespace, EntityName pkg) {
        return count(new Query(namespace, Collection.ACTIONS, pkg, 0, 0));
    }
}
