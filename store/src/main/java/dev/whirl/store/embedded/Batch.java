package dev.whirl.store.embedded;

import dev.whirl.store.ConflictException;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;

/// The writes of one group, with what they read: the database below the writes that came before.
final class Batch implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Database database;
    private final RocksDB rocks;
    private final ReadOptions reads = new ReadOptions();
    private final WriteBatchWithIndex writes = new WriteBatchWithIndex(true);

    Batch(Database database, RocksDB rocks) {
        this.database = database;
        this.rocks = rocks;
    }

    Optional<byte[]> get(Table table, byte[] key) throws RocksDBException {
        return Optional.ofNullable(writes.getFromBatchAndDB(rocks, database.handle(table), reads, key));
    }

    boolean contains(Table table, byte[] key) throws RocksDBException {
        return get(table, key).isPresent();
    }

    void put(Table table, byte[] key, byte[] value) throws RocksDBException {
        writes.put(database.handle(table), key, value);
    }

    /// A row that says all with its key.
    void put(Table table, byte[] key) throws RocksDBException {
        put(table, key, NOTHING);
    }

    void delete(Table table, byte[] key) throws RocksDBException {
        writes.delete(database.handle(table), key);
    }

    /// Applies a change; if it fails, none of its writes stays.
    void apply(Change change) throws RocksDBException, ConflictException {
        writes.setSavePoint();
        boolean isDone = false;
        try {
            change.apply(this);
            isDone = true;
        } finally {
            if (isDone) {
                writes.popSavePoint();
            } else {
                writes.rollbackToSavePoint();
            }
        }
    }

    boolean isEmpty() {
        return writes.count() == 0;
    }

    WriteBatchWithIndex writes() {
        return writes;
    }

    @Override
    public void close() {
        writes.close();
        reads.close();
    }
}
