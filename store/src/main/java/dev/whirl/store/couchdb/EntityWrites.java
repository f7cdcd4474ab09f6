package dev.whirl.store.couchdb;

import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Write;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import dev.whirl.store.couchdb.StoredCode.Written;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes entities. A single write is one request, and CouchDB itself compares the revision; several go through
/// [EntityChange]. Where nobody knows whether a write was carried out, it is looked up: it was if the entity is as it
/// should have become, and was not if it is as it was before.
final class EntityWrites {
    private static final int LOCKS = 64;

    private final Database whisks;
    private final CouchCode code;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    EntityWrites(Database whisks, CouchCode code) {
        this.whisks = whisks;
        this.code = code;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    List<Revision> apply(List<Write> changes) throws ConflictException {
        if (changes.isEmpty()) {
            return List.of();
        }
        if (changes.size() == 1) {
            switch (changes.getFirst()) {
                case Write.Put(Entity entity, var expected) -> {
                    return List.of(put(entity, expected));
                }
                case Write.Delete(EntityId id, Revision expected) -> {
                    delete(id.toString(), expected);
                    return List.of();
                }
                case Write.Present _, Write.Empty _ -> {}
            }
        }
        return applyTogether(changes);
    }

    /// Changes of one namespace come one after the other in this process, so that two of them don't undo each other.
    private List<Revision> applyTogether(List<Write> changes) throws ConflictException {
        ReentrantLock lock = locks[Math.floorMod(namespace(changes.getFirst()).hashCode(), LOCKS)];
        lock.lock();
        try {
            return new EntityChange(whisks, code, changes).apply();
        } finally {
            lock.unlock();
        }
    }

    private Revision put(Entity entity, @Nullable Revision expected) throws ConflictException {
        String id = entity.id().toString();
        Written written = code.written(entity, () -> expected == null ? Optional.empty() : whisks.get(id));
        RawJson document = EntityForms.write(entity, expected, written);
        for (int attempt = 0; ; attempt++) {
            try {
                Revision revision = whisks.put(id, document);
                code.note(entity, revision, written);
                return revision;
            } catch (OutcomeUnknownException e) {
                Optional<RawJson> now = whisks.get(id);
                Optional<Stored> stored = now.flatMap(each -> CouchEntities.readable(id, each));
                if (stored.isPresent() && stored.get().entity().equals(entity)) {
                    code.note(entity, stored.get().revision(), written);
                    return stored.get().revision();
                }
                requireUnchanged(id, now, expected);
                requireAnotherAttempt(attempt, e);
            }
        }
    }

    private void delete(String id, Revision expected) throws ConflictException {
        for (int attempt = 0; ; attempt++) {
            try {
                whisks.delete(id, expected);
                return;
            } catch (OutcomeUnknownException e) {
                Optional<RawJson> now = whisks.get(id);
                if (now.isEmpty()) {
                    return;
                }
                requireUnchanged(id, now, expected);
                requireAnotherAttempt(attempt, e);
            }
        }
    }

    private static void requireUnchanged(String id, Optional<RawJson> now, @Nullable Revision expected)
            throws ConflictException {
        if (!now.flatMap(Database::revision).equals(Optional.ofNullable(expected))) {
            throw new ConflictException(id);
        }
    }

    /// @throws StoreException.Unavailable if there have been enough
    private void requireAnotherAttempt(int attempt, OutcomeUnknownException e) {
        if (attempt >= whisks.client().retries() || !whisks.client().pause(attempt)) {
            throw whisks.client().unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static String namespace(Write write) {
        return switch (write) {
            case Write.Put(Entity entity, var _) -> entity.id().namespace().value();
            case Write.Delete(EntityId id, var _) -> id.namespace().value();
            case Write.Present(EntityId id) -> id.namespace().value();
            case Write.Empty(var namespace, var _) -> namespace.value();
        };
    }
}
