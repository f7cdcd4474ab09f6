package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// The database at one point in time. Used by one thread, closed soon.
final class View implements AutoCloseable {
    /// One row during a scan; its parts are copied when they are asked for.
    interface Row {
        byte[] key();

        byte[] value();
    }

    /// What to do with a row; no means that the scan is over.
    interface Visitor {
        boolean visit(Row row);
    }

    private static final int ROWS_BETWEEN_LOOKS = 256;

    private final Database database;
    private final RocksDB rocks;
    private final Runnable release;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private long deadline;
    private boolean hasDeadline;

    /// @param release called once on closing
    View(Database database, RocksDB rocks, Runnable release) {
        this.database = database;
        this.rocks = rocks;
        this.release = release;
        this.snapshot = rocks.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    /// This view, with a time, as [System#nanoTime] counts, after which a scan gives up.
    View until(long nanoTime) {
        deadline = nanoTime;
        hasDeadline = true;
        return this;
    }

    Optional<byte[]> get(Table table, byte[] key) {
        try {
            return Optional.ofNullable(rocks.get(database.handle(table), options, key));
        } catch (RocksDBException e) {
            throw Faults.of("read", database.folder(), e);
        }
    }

    /// Visits rows in the order of their keys.
    void scan(Table table, KeyRange range, Visitor visitor) {
        try (var end = new Slice(range.to());
                var bounded = new ReadOptions().setSnapshot(snapshot).setIterateUpperBound(end);
                RocksIterator rows = rocks.newIterator(database.handle(table), bounded)) {
            Row row = row(rows);
            rows.seek(range.from());
            for (int i = 0; rows.isValid() && visitor.visit(row); i++) {
                checkTime(i);
                rows.next();
            }
            rows.status();
        } catch (RocksDBException e) {
            throw Faults.of("read", database.folder(), e);
        }
    }

    long count(Table table, KeyRange range) {
        var count = new long[1];
        scan(table, range, _ -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    private void checkTime(int row) {
        if (hasDeadline && row % ROWS_BETWEEN_LOOKS == 0 && System.nanoTime() - deadline > 0) {
            throw new StoreException.Unavailable("A list or count took too long and was given up.");
        }
    }

    @Override
    public void close() {
        options.close();
        rocks.releaseSnapshot(snapshot);
        snapshot.close();
        release.run();
    }

    private static Row row(RocksIterator rows) {
        return new Row() {
            @Override
            public byte[] key() {
                return rows.key();
            }

            @Override
            public byte[] value() {
                return rows.value();
            }
        };
    }
}
