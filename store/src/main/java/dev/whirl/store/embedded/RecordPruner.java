package dev.whirl.store.embedded;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.store.Activations.Retention;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Removes records that retention does not keep, some at a time, so that neither memory nor a group of
/// changes grows with their number. The database is rewritten once what was removed is a good part of what is
/// left: over time each record costs the same. Blocks on the disk: call it on a platform thread. Guarded by
/// its own lock: one at a time.
final class RecordPruner {
    private static final int AT_A_TIME = 500;
    private static final long REWRITE_FROM = 4;

    private final Database database;
    private final Committer committer;
    private final Counter pruned;
    private long removedSinceRewrite;

    RecordPruner(Database database, Committer committer, MeterRegistry metrics) {
        this.database = database;
        this.committer = committer;
        this.pruned = Counter.builder("whirl.store.records.pruned")
                .description("Activation records removed by retention")
                .register(metrics);
    }

    /// @return how many records were removed
    synchronized long prune(Retention retention, Instant now) {
        long removed = removeOld(now.minus(retention.age())) + removeSurplus(retention.count());
        pruned.increment((double) removed);
        removedSinceRewrite += removed;
        if (removedSinceRewrite > 0 && removedSinceRewrite * REWRITE_FROM >= database.estimatedRows(Table.RECORDS)) {
            removedSinceRewrite = 0;
            database.compact(Table.RECORDS);
            database.compact(Table.RECORD_INDEX);
        }
        return removed;
    }

    private long removeOld(Instant oldest) {
        KeyRange range = RecordRows.dates()
                .range()
                .withTo(RecordRows.dates().ascending(oldest.toEpochMilli()).toBytes());
        return removeAll(range, true);
    }

    private long removeSurplus(long count) {
        long removed = 0;
        KeyRange rest = RecordRows.allSummaries().range();
        Optional<byte[]> first = keyAt(rest, 0);
        while (first.isPresent()) {
            KeyRange ofNamespace = RecordRows.summaries(namespace(first.get())).range();
            Optional<byte[]> surplus = keyAt(ofNamespace, count);
            if (surplus.isPresent()) {
                removed += removeAll(ofNamespace.withFrom(surplus.get()), false);
            }
            rest = rest.withFrom(ofNamespace.to());
            first = keyAt(rest, 0);
        }
        return removed;
    }

    /// The key after so many others.
    private Optional<byte[]> keyAt(KeyRange range, long position) {
        var found = new ArrayList<byte[]>(1);
        var left = new long[] {position};
        try (View view = database.view()) {
            view.scan(Table.RECORD_INDEX, range, row -> {
                if (left[0]-- > 0) {
                    return true;
                }
                found.add(row.key());
                return false;
            });
        }
        return found.stream().findFirst();
    }

    private long removeAll(KeyRange range, boolean isByDate) {
        long removed = 0;
        Optional<KeyRange> rest = Optional.of(range);
        while (rest.isPresent()) {
            var some = new ArrayList<RecordRows>();
            rest = collect(rest.get(), isByDate, some);
            committer.commitAlways(Commit.Kind.FREEING, 0, batch -> remove(batch, some));
            removed += some.size();
        }
        return removed;
    }

    /// Adds some of the records in a range.
    ///
    /// @return the rest of the range, which begins behind them: to come upon rows that were just deleted
    ///     costs time
    private Optional<KeyRange> collect(KeyRange range, boolean isByDate, List<RecordRows> some) {
        var rest = new ArrayList<KeyRange>(1);
        try (View view = database.view()) {
            view.scan(Table.RECORD_INDEX, range, row -> {
                if (some.size() == AT_A_TIME) {
                    rest.add(range.withFrom(row.key()));
                    return false;
                }
                byte[] key = isByDate ? RecordRows.summaryOfDate(row.key()) : row.key();
                Optional<byte[]> summary = isByDate ? view.get(Table.RECORD_INDEX, key) : Optional.of(row.value());
                summary.map(each -> rows(key, each)).ifPresent(some::add);
                return true;
            });
        }
        return rest.stream().findFirst();
    }

    /// What can't be read goes too: its names are then left in the index, and lead nowhere.
    private static RecordRows rows(byte[] summaryKey, byte[] summary) {
        try {
            return RecordRows.of(Documents.read("a record", summary, ActivationDocuments::readSummary));
        } catch (StoreException.Corrupted e) {
            return RecordRows.nameless(namespace(summaryKey), RecordRows.tail(summaryKey));
        }
    }

    private static void remove(Batch batch, List<RecordRows> records) throws RocksDBException {
        for (RecordRows each : records) {
            batch.delete(Table.RECORDS, each.id());
            batch.delete(Table.RECORD_INDEX, each.summary());
            batch.delete(Table.RECORD_INDEX, each.date());
            for (byte[] name : each.names()) {
                batch.delete(Table.RECORD_INDEX, name);
            }
        }
    }

    private static NamespaceName namespace(byte[] summaryKey) {
        int end = 1;
        while (summaryKey[end] != 0) {
            end++;
        }
        return new NamespaceName(new String(summaryKey, 1, end - 1, StandardCharsets.UTF_8));
    }
}
