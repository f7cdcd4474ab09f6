package dev.whirl.store.embedded;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.store.RecordRoom;
import dev.whirl.store.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Records on their way to the disk: they can be read from here until they can be read from the database.
///
/// An id is in the map from the moment its record was taken until that is written; at any time it is here, or
/// in the database, or was never recorded. So the first record of an id wins. Memory is bounded: whoever
/// brings more waits.
final class RecordBuffer {
    private static final int OVERHEAD = 512;

    private final Database database;
    private final Committer committer;
    private final RecordRoom room;
    private final boolean isSync;
    private final Map<ActivationId, byte[]> pending = new ConcurrentHashMap<>();

    /// @param isSync whether [#add] returns only when the record is durable
    RecordBuffer(Database database, Committer committer, ByteSize max, boolean isSync) {
        this.database = database;
        this.committer = committer;
        this.room = new RecordRoom(
                max, _ -> "Activation records can't be written: %d wait for the disk.".formatted(pending.size()));
        this.isSync = isSync;
    }

    /// Takes a record, unless its id has one.
    ///
    /// @param isKnownFirst whether the database is known to have none; looking costs as much as writing
    /// @throws StoreException if there is no room for too long, or in sync mode if it can't be written
    void add(Activation activation, boolean isKnownFirst) {
        var change = StoredRecord.of(activation);
        long bytes = change.sizeBytes() + OVERHEAD;
        room.reserve(bytes);
        if (!isFirst(activation.id(), change.document(), bytes, isKnownFirst)) {
            return;
        }
        if (isSync) {
            writeNow(activation.id(), bytes, change);
        } else {
            writeSoon(activation.id(), bytes, change);
        }
    }

    Optional<byte[]> find(ActivationId id) {
        return Optional.ofNullable(pending.get(id));
    }

    /// Waits until all that was added before is in the database.
    void flush() {
        committer.flush();
    }

    int pendingRecords() {
        return pending.size();
    }

    long pendingBytes() {
        return room.takenBytes();
    }

    private void writeSoon(ActivationId id, long bytes, Change change) {
        try {
            var _ = committer.defer(bytes, change).whenComplete((_, _) -> remove(id, bytes));
        } catch (StoreException e) {
            remove(id, bytes);
            throw e;
        }
    }

    private void writeNow(ActivationId id, long bytes, Change change) {
        try {
            committer.commitAlways(Commit.Kind.URGENT, bytes, change);
        } finally {
            remove(id, bytes);
        }
    }

    /// The check of the database is inside of the map's own lock for this id: a record that has just left the map
    /// is
    /// found there. If this is not the first record, its bytes are given back.
    private boolean isFirst(ActivationId id, byte[] document, long bytes, boolean isKnownFirst) {
        var isFirst = new AtomicBoolean();
        try {
            pending.computeIfAbsent(id, _ -> {
                isFirst.set(isKnownFirst || !database.contains(Table.RECORDS, RecordRows.id(id)));
                return isFirst.get() ? document : null;
            });
            return isFirst.get();
        } finally {
            if (!isFirst.get()) {
                room.release(bytes);
            }
        }
    }

    private void remove(ActivationId id, long bytes) {
        pending.remove(id);
        room.release(bytes);
    }
}
