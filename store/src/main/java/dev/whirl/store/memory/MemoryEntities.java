package dev.whirl.store.memory;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
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
    public synchronized Revision put(Entity entity, @Nullable Revision expected) throws ConflictException {
        check(entity.id(), expected);
        var revision = new Revision(Long.toString(++revisions));
        stored.put(entity.id(), new Stored(entity, revision));
        return revision;
    }

    @Override
    public synchronized void delete(EntityId id, Revision expected) throws ConflictException {
        check(id, expected);
        stored.remove(id);
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

    private void check(EntityId id, @Nullable Revision expected) throws ConflictException {
        Stored found = stored.get(id);
        Optional<Revision> revision = Optional.ofNullable(found).map(Stored::revision);
        if (!revision.equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id.toString());
        }
    }

    private Stream<Entity> matching(Query query) {
        return stored.values().stream()
                .map(Stored::entity)
                .filter(each -> each.id().namespace().equals(query.namespace()))
                .filter(each -> each.collection() == query.collection())
                .filter(each ->
                        query.pkg() == null || query.pkg().equals(each.id().pkg()));
    }
}
