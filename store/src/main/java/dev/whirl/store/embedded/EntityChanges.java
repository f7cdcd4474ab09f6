package dev.whirl.store.embedded;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Several writes of entities as one change of the database. What is slow, writing the documents, is done before
/// the
/// committer comes to it.
final class EntityChanges implements Change {
    private final List<Change> steps = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();
    private long bytes;
    private boolean freesSpace = true;

    EntityChanges(List<Write> writes) {
        writes.forEach(this::prepare);
    }

    /// Of what is put, in the order of the writes.
    List<Revision> revisions() {
        return revisions;
    }

    long bytes() {
        return bytes;
    }

    Commit.Kind kind() {
        return freesSpace ? Commit.Kind.FREEING : Commit.Kind.URGENT;
    }

    @Override
    public void apply(Batch batch) throws RocksDBException, ConflictException {
        for (Change each : steps) {
            each.apply(batch);
        }
    }

    private void prepare(Write write) {
        switch (write) {
            case Write.Put(Entity entity, var expected) -> preparePut(entity, expected);
            case Write.Delete(EntityId id, Revision expected) ->
                steps.add(batch -> {
                    remove(batch, id, expected);
                    batch.delete(Table.ENTITIES, EntityRows.document(id.toString()));
                });
            case Write.Present(EntityId id) ->
                steps.add(
                        batch -> refuseUnless(batch.contains(Table.ENTITIES, EntityRows.document(id.toString())), id));
            case Write.Empty(var namespace, var pkg) -> {
                EntityId id = EntityId.of(namespace, pkg);
                byte[] counter = EntityRows.counter(EntityRows.members(id));
                steps.add(batch -> refuseUnless(EntityRows.count(batch.get(Table.ENTITIES, counter)) == 0, id));
            }
        }
    }

    private void preparePut(Entity entity, @Nullable Revision expected) {
        EntityId id = entity.id();
        StoredEntity next = StoredEntity.of(entity, Headed.next(expected));
        byte[] value = next.with(EntityDocuments.write(entity));
        revisions.add(next.revision());
        bytes += value.length;
        freesSpace = false;
        steps.add(batch -> {
            remove(batch, id, expected);
            batch.put(Table.ENTITIES, EntityRows.document(id.toString()), value);
            EntityRows.add(batch, id, next);
        });
    }

    /// Checks the revision and takes the rows of the old state away, all but the document's.
    private static void remove(Batch batch, EntityId id, @Nullable Revision expected)
            throws RocksDBException, ConflictException {
        Optional<StoredEntity> old = batch.get(Table.ENTITIES, EntityRows.document(id.toString()))
                .map(value -> StoredEntity.head(id.toString(), value));
        refuseUnless(old.map(StoredEntity::revision).equals(Optional.ofNullable(expected)), id);
        if (old.isPresent()) {
            EntityRows.remove(batch, id, old.get());
        }
    }

    private static void refuseUnless(boolean holds, EntityId id) throws ConflictException {
        if (!holds) {
            throw new ConflictException(id.toString());
        }
    }
}
