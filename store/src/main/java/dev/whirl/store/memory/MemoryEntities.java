package dev.whirl.store.memory;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Entities in a map. The monitor guards all fields.
final class MemoryEntities implements Entities {
    private static final Comparator<Entity> NEWEST_FIRST = Comparator.comparingLong(
                    (Entity each) -> each.updated().toEpochMilli())
            .reversed()
            .thenComparing(each -> each.id().toString());

    private final Map<EntityId, Stored> stored = new HashMap<>();
    private long revisions;

    @Override
    public synchronized Optional<Stored> find(EntityId id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    public Optional<Head> head(EntityId id) {
        return find(id).map(each -> new Head(id, each.entity().collection(), each.revision()));
    }

    @Override
    public synchronized List<Revision> applyAll(List<Write> writes) throws ConflictException {
        var before = new HashMap<EntityId, Optional<Stored>>();
        try {
            var put = new ArrayList<Revision>();
            for (Write each : writes) {
                apply(each, before).ifPresent(put::add);
            }
            return put;
        } catch (ConflictException e) {
            before.forEach((id, old) -> old.ifPresentOrElse(each -> stored.put(id, each), () -> stored.remove(id)));
            throw e;
        }
    }

    @Override
    public synchronized List<NamespaceName> namespaces() {
        return stored.keySet().stream()
                .map(EntityId::namespace)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public synchronized List<Entity> list(Query query) {
        return matching(query)
                .sorted(NEWEST_FIRST)
                .skip(query.skip())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized long count(Query query) {
        return matching(query).skip(query.skip()).count();
    }

    /// @param before gets what was there, to put it back
    /// @return the revision of what was put
    private Optional<Revision> apply(Write write, Map<EntityId, Optional<Stored>> before) throws ConflictException {
        switch (write) {
            case Write.Put(Entity entity, var expected) -> {
                check(entity.id(), expected);
                var revision = new Revision(Long.toString(++revisions));
                Stored old = stored.put(entity.id(), new Stored(entity, revision));
                before.putIfAbsent(entity.id(), Optional.ofNullable(old));
                return Optional.of(revision);
            }
            case Write.Delete(EntityId id, Revision expected) -> {
                check(id, expected);
                before.putIfAbsent(id, Optional.ofNullable(stored.remove(id)));
            }
            case Write.Present(EntityId id) -> refuseUnless(stored.containsKey(id), id);
            case Write.Empty(var namespace, var pkg) -> {
                EntityId id = EntityId.of(namespace, pkg);
                refuseUnless(
                        stored.keySet().stream()
                                .noneMatch(each ->
                                        each.inPackage().filter(id::equals).isPresent()),
                        id);
            }
        }
        return Optional.empty();
    }

    private void check(EntityId id, @Nullable Revision expected) throws ConflictException {
        Stored found = stored.get(id);
        Optional<Revision> revision = Optional.ofNullable(found).map(Stored::revision);
        refuseUnless(revision.equals(Optional.ofNullable(expected)), id);
    }

    private static void refuseUnless(boolean holds, EntityId id) throws ConflictException {
        if (!holds) {
            throw new ConflictException(id.toString());
        }
    }

    private Stream<Entity> matching(Query query) {
        return stored.values().stream()
                .map(Stored::entity)
                .filter(each -> each.id().namespace().equals(query.namespace()))
                .filter(each -> each.collection() == query.collection())
                .filter(each -> !query.isPublicOnly() || Entities.isPublic(each))
                .filter(each ->
                        query.pkg() == null || query.pkg().equals(each.id().pkg()));
    }
}
