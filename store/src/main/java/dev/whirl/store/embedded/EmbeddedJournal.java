package dev.whirl.store.embedded;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.InvocationDocuments;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal in the database. An entry is two rows, and a third one once it may have started:
///
/// | key                        | value                         |
/// |----------------------------|-------------------------------|
/// | `a` id                     | when it was made, 8 bytes     |
/// | `t` when it was made, id   | the invocation                |
/// | `s` id                     |                               |
///
/// A record may overtake [#acceptRunning]: both are changes of the one committer, so whichever comes second
/// sees the first. Comes the record first, the entry is not written; comes it second, it takes the entry
/// away.
final class EmbeddedJournal implements InvocationJournal {
    private static final long PAGE_BYTES = 8L * 1024 * 1024;
    private static final byte[] NOTHING = {};
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJournal.class);

    private final Database database;
    private final Committer committer;
    private final LongReads reads;

    EmbeddedJournal(Database database, Committer committer, LongReads reads) {
        this.database = database;
        this.reads = reads;
        this.committer = committer;
    }

    /// Takes an entry out, in the batch of its record.
    static void finish(Batch batch, byte[] id) throws RocksDBException {
        Optional<byte[]> time = batch.get(Table.JOURNAL, accepted(id));
        if (time.isPresent()) {
            batch.delete(Table.JOURNAL, accepted(id));
            batch.delete(Table.JOURNAL, timed(time.get(), id));
            batch.delete(Table.JOURNAL, started(id));
        }
    }

    /// Puts an entry in.
    static void accept(Batch batch, byte[] id, long createdMillis, byte[] document) throws RocksDBException {
        byte[] time = Key.from(NOTHING).ascending(createdMillis).toBytes();
        batch.put(Table.JOURNAL, accepted(id), time);
        batch.put(Table.JOURNAL, timed(time, id), document);
    }

    /// Notes of everything that was accepted that it may have started.
    static void startAll(Database database) throws RocksDBException {
        var ids = new ArrayList<byte[]>();
        try (View view = database.view()) {
            view.scan(Table.JOURNAL, Key.of('a').range(), row -> {
                byte[] key = row.key();
                return ids.add(Arrays.copyOfRange(key, 1, key.length));
            });
        }
        try (Batch batch = database.batch()) {
            for (byte[] id : ids) {
                batch.put(Table.JOURNAL, started(id));
            }
            database.write(batch);
        }
    }

    @Override
    public void accept(Invocation invocation) {
        acceptAll(List.of(invocation), null);
    }

    @Override
    public void acceptAll(List<Invocation> invocations, @Nullable Activation record) {
        var changes = new ArrayList<Change>();
        long bytes = 0;
        for (Invocation each : invocations) {
            byte[] id = RecordRows.id(each.id());
            long created = each.createdAt().toEpochMilli();
            byte[] document = InvocationDocuments.write(each).toBytes();
            changes.add(batch -> accept(batch, id, created, document));
            bytes += document.length;
        }
        if (record != null) {
            var stored = StoredRecord.of(record);
            changes.add(stored);
            bytes += stored.sizeBytes();
        }
        commit(bytes, batch -> {
            for (Change each : changes) {
                each.apply(batch);
            }
        });
    }

    @Override
    public void acceptRunning(Invocation invocation) {
        byte[] id = RecordRows.id(invocation.id());
        long created = invocation.createdAt().toEpochMilli();
        byte[] document = InvocationDocuments.write(invocation).toBytes();
        commit(document.length, batch -> {
            if (!batch.contains(Table.RECORDS, id)) {
                accept(batch, id, created, document);
                batch.put(Table.JOURNAL, started(id));
            }
        });
    }

    @Override
    public boolean started(ActivationId activation) {
        byte[] id = RecordRows.id(activation);
        commit(id.length, batch -> {
            if (batch.contains(Table.JOURNAL, accepted(id))) {
                batch.put(Table.JOURNAL, started(id));
            }
        });
        return true; // this process has everything to itself
    }

    @Override
    public void discard(ActivationId activation) {
        byte[] id = RecordRows.id(activation);
        commit(id.length, batch -> finish(batch, id));
    }

    @Override
    public List<Entry> unfinished(@Nullable Entry after, int limit) {
        KeyRange all = Key.of('t').range();
        KeyRange range = after == null ? all : all.withFrom(behind(after.invocation()));
        return reads.read(view -> {
            var entries = new ArrayList<Entry>();
            var bytes = new long[1];
            view.scan(Table.JOURNAL, range, row -> {
                byte[] document = row.value();
                byte[] id = Arrays.copyOfRange(row.key(), 1 + Long.BYTES, row.key().length);
                entry(view, id, document).ifPresent(entry -> {
                    entries.add(entry);
                    bytes[0] += document.length;
                });
                return entries.size() < limit && bytes[0] < PAGE_BYTES;
            });
            return entries;
        });
    }

    @Override
    public Optional<Entry> find(ActivationId activation) {
        byte[] id = RecordRows.id(activation);
        try (View view = database.view()) {
            return view.get(Table.JOURNAL, accepted(id))
                    .flatMap(time -> view.get(Table.JOURNAL, timed(time, id)))
                    .flatMap(document -> entry(view, id, document));
        }
    }

    private void commit(long bytes, Change change) {
        committer.commitAlways(Commit.Kind.URGENT, bytes, change);
    }

    /// One entry that can't be read must not keep the others from being finished.
    private static Optional<Entry> entry(View view, byte[] id, byte[] document) {
        String name = HexFormat.of().formatHex(id);
        try {
            Invocation invocation = Documents.read(name, document, InvocationDocuments::read);
            return Optional.of(
                    new Entry(invocation, view.get(Table.JOURNAL, started(id)).isPresent()));
        } catch (StoreException.Corrupted e) {
            LOG.atError().addKeyValue("activation", name).setCause(e).log("An accepted invocation can't be read");
            return Optional.empty();
        }
    }

    private static byte[] behind(Invocation invocation) {
        byte[] id = RecordRows.id(invocation.id());
        return Key.next(Key.of('t')
                .ascending(invocation.createdAt().toEpochMilli())
                .raw(id)
                .toBytes());
    }

    static byte[] accepted(byte[] id) {
        return Key.of('a').raw(id).toBytes();
    }

    private static byte[] timed(byte[] time, byte[] id) {
        return Key.of('t').raw(time).raw(id).toBytes();
    }

    private static byte[] started(byte[] id) {
        return Key.of('s').raw(id).toBytes();
    }
}
