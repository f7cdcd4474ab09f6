package dev.whirl.store.embedded;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Entities in the database. A writer reads the old state to know its index rows; the change then checks that
/// the state is still that one.
final class EmbeddedEntities implements Entities {
    private final Database database;
    private final Committer committer;

    EmbeddedEntities(Database database, Committer committer) {
        this.database = database;
        this.committer = committer;
    }

    @Override
    public Optional<Stored> find(EntityId id) {
        return database.get(Table.ENTITIES, EntityRows.document(id))
                .map(value -> StoredEntity.parse(id.toString(), value));
    }

    @Override
    public Revision put(Entity entity, @Nullable Revision expected) throws ConflictException {
        EntityId id = entity.id();
        Optional<Stored> old = expected == null ? Optional.empty() : Optional.of(current(id, expected));
        Revision revision = StoredEntity.next(expected);
        byte[] value = StoredEntity.format(revision, EntityDocuments.write(entity));
        committer.commit(Commit.Kind.URGENT, value.length, batch -> {
            check(batch, id, expected);
            if (old.isPresent()) {
                deleteIndex(batch, old.get().entity());
            }
            batch.put(Table.ENTITIES, EntityRows.document(id), value);
            for (byte[] row : EntityRows.index(entity)) {
                batch.put(Table.ENTITIES, row);
            }
        });
        return revision;
    }

    @Override
    public void delete(EntityId id, Revision expected) throws ConflictException {
        Stored old = current(id, expected);
        committer.commit(Commit.Kind.FREEING, 0, batch -> {
            check(batch, id, expected);
            deleteIndex(batch, old.entity());
            batch.delete(Table.ENTITIES, EntityRows.document(id));
        });
    }

    @Override
    public List<Entity> list(Query query) {
        var found = new ArrayList<Entity>();
        try (View view = database.view()) {
            for (String id : ids(view, query)) {
                view.get(Table.ENTITIES, EntityRows.document(id))
                        .map(value -> StoredEntity.parse(id, value).entity())
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public long count(Query query) {
        try (View view = database.view()) {
            return Math.max(0, view.count(Table.ENTITIES, EntityRows.range(query)) - query.skip());
        }
    }

    /// Whether some entity uses this code.
    boolean isUsed(String sha256) {
        var hasUsers = new boolean[1];
        try (View view = database.view()) {
            view.scan(Table.ENTITIES, EntityRows.users(sha256).range(), _ -> {
                hasUsers[0] = true;
                return false;
            });
        }
        return hasUsers[0];
    }

    private static List<String> ids(View view, Query query) {
        var ids = new ArrayList<String>();
        if (query.limit() <= 0) {
            return ids;
        }
        var left = new int[] {query.skip()};
        view.scan(Table.ENTITIES, EntityRows.range(query), row -> {
            if (left[0] > 0) {
                left[0]--;
                return true;
            }
            ids.add(EntityRows.id(query, row.key()));
            return ids.size() < query.limit();
        });
        return ids;
    }

    private Stored current(EntityId id, Revision expected) throws ConflictException {
        Optional<Stored> stored = find(id).filter(each -> each.revision().equals(expected));
        return stored.orElseThrow(() -> new ConflictException(id.toString()));
    }

    private static void check(Batch batch, EntityId id, @Nullable Revision expected)
            throws RocksDBException, ConflictException {
        Optional<Revision> found =
                batch.get(Table.ENTITIES, EntityRows.document(id)).map(StoredEntity::revision);
        if (!found.equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id.toString());
        }
    }

    private static void deleteIndex(Batch batch, Entity entity) throws RocksDBException {
        for (byte[] row : EntityRows.index(entity)) {
            batch.delete(Table.ENTITIES, row);
        }
    }
}
