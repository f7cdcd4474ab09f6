package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.StampedLock;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/// One open RocksDB. Any thread reads; only the [Committer]'s thread writes.
///
/// The gate keeps native memory alive: every use holds it for reading, closing takes it for writing. Whoever
/// holds a [View] reads through that view alone, as the gate is not reentrant.
final class Database implements AutoCloseable {
    private final Path folder;
    private final DatabaseOptions options;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions().setSync(false);
    private final RocksDB rocks;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
    private final ColumnFamilyHandle unused;
    private final StampedLock gate = new StampedLock();
    private boolean isClosed;

    /// @param handles of the default family, then of each table in its order
    private Database(Path folder, DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.options = options;
        this.rocks = rocks;
        this.unused = handles.getFirst();
        int next = 1;
        for (Table table : Table.values()) {
            families.put(table, handles.get(next++));
        }
    }

    /// @throws StoreException with one sentence if it can't be opened
    static Database open(Path folder) {
        try {
            RocksDB.loadLibrary();
            Files.createDirectories(folder);
            var options = new DatabaseOptions();
            try {
                var handles = new ArrayList<ColumnFamilyHandle>();
                RocksDB rocks = RocksDB.open(options.database(), folder.toString(), options.families(), handles);
                return new Database(folder, options, rocks, handles);
            } catch (RocksDBException e) {
                options.close();
                throw e;
            }
        } catch (RocksDBException e) {
            throw Faults.of("open", folder, e);
        } catch (IOException e) {
            throw Faults.of("create", folder, e);
        }
    }

    Path folder() {
        return folder;
    }

    Optional<byte[]> get(Table table, byte[] key) {
        long stamp = enter();
        try {
            return Optional.ofNullable(rocks.get(handle(table), key));
        } catch (RocksDBException e) {
            throw Faults.of("read", folder, e);
        } finally {
            gate.unlockRead(stamp);
        }
    }

    boolean contains(Table table, byte[] key) {
        long stamp = enter();
        try {
            return rocks.keyExists(handle(table), key);
        } finally {
            gate.unlockRead(stamp);
        }
    }

    /// The whole database as it is now; close it soon.
    View view() {
        long stamp = enter();
        try {
            return new View(this, rocks, () -> gate.unlockRead(stamp));
        } catch (RuntimeException e) {
            gate.unlockRead(stamp);
            throw e;
        }
    }

    /// A group of changes to come. For the committer.
    Batch batch() {
        return new Batch(this, rocks);
    }

    /// Writes a group, all or nothing; durable on return, with all that was written before. For the committer.
    void write(Batch batch) throws RocksDBException {
        rocks.write(synced, batch.writes());
    }

    /// Writes a group, all or nothing. On return it survives the end of this process; it is durable after the next
    /// [#write] or [#sync]. For the committer.
    void writeUnsynced(Batch batch) throws RocksDBException {
        rocks.write(unsynced, batch.writes());
    }

    /// Makes durable all that was written before. Not after a write that failed: the database would then take that
    /// for a fault that it can't recover from. For the committer.
    void sync() throws RocksDBException {
        rocks.syncWal();
    }

    /// Rewrites a table without what was deleted.
    void compact(Table table) {
        long stamp = enter();
        try (var range = new CompactRangeOptions()
                .setBottommostLevelCompaction(BottommostLevelCompaction.kForceOptimized)
                .setExclusiveManualCompaction(false)) {
            rocks.compactRange(handle(table), null, null, range);
        } catch (RocksDBException e) {
            throw Faults.of("compact", folder, e);
        } finally {
            gate.unlockRead(stamp);
        }
    }

    /// Writes a copy of the database as it is now into a folder that does not exist yet. Files are shared with the
    /// copy where the disk is the same. Takes long.
    void copyTo(Path copy) {
        long stamp = enter();
        try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
            checkpoint.createCheckpoint(copy.toString());
        } catch (RocksDBException e) {
            throw Faults.of("copy", folder, e);
        } finally {
            gate.unlockRead(stamp);
        }
    }

    /// About how many rows a table has.
    long estimatedRows(Table table) {
        long stamp = enter();
        try {
            return rocks.getLongProperty(handle(table), "rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw Faults.of("read", folder, e);
        } finally {
            gate.unlockRead(stamp);
        }
    }

    ColumnFamilyHandle handle(Table table) {
        return Objects.requireNonNull(families.get(table));
    }

    @Override
    public void close() {
        rocks.cancelAllBackgroundWork(true);
        long stamp = gate.writeLock();
        try {
            if (!isClosed) {
                isClosed = true;
                families.values().forEach(ColumnFamilyHandle::close);
                unused.close();
                rocks.close();
                synced.close();
                unsynced.close();
                options.close();
            }
        } finally {
            gate.unlockWrite(stamp);
        }
    }

    StoreException closed() {
        return new StoreException.Unavailable("The store in %s is closed.".formatted(folder));
    }

    private long enter() {
        long stamp = gate.readLock();
        if (isClosed) {
            gate.unlockRead(stamp);
            throw closed();
        }
        return stamp;
    }
}
