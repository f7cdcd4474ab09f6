package dev.whirl.store.embedded;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.InvocationDocuments;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal in the database. An entry is one row, and a second one once it may have started:
///
/// | key    | value          |
/// |--------|----------------|
/// | `a` id | the invocation |
/// | `s` id |                |
///
/// A record may overtake [#acceptRunning]: both are changes of the one committer, so whichever comes second
/// sees the first. Comes the record first, the entry is not written; comes it second, it takes the entry
/// away.
final class EmbeddedJournal implements InvocationJournal {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJournal.class);

    private final Database database;
    private final Committer committer;

    EmbeddedJournal(Database database, Committer committer) {
        this.database = database;
        this.committer = committer;
    }

    /// Takes an entry out, in the batch of its record.
    static void finish(Batch batch, byte[] id) throws RocksDBException {
        byte[] accepted = accepted(id);
        if (batch.contains(Table.JOURNAL, accepted)) {
            batch.delete(Table.JOURNAL, accepted);
            batch.delete(Table.JOURNAL, started(id));
        }
    }

    @Override
    public void accept(Invocation invocation) {
        byte[] id = RecordRows.id(invocation.id());
        byte[] document = InvocationDocuments.write(invocation).toBytes();
        commit(document.length, batch -> batch.put(Table.JOURNAL, accepted(id), document));
    }

    @Override
    public void acceptRunning(Invocation invocation) {
        byte[] id = RecordRows.id(invocation.id());
        byte[] document = InvocationDocuments.write(invocation).toBytes();
        commit(document.length, batch -> {
            if (!batch.contains(Table.RECORDS, id)) {
                batch.put(Table.JOURNAL, accepted(id), document);
                batch.put(Table.JOURNAL, started(id));
            }
        });
    }

    @Override
    public void started(ActivationId activation) {
        byte[] id = RecordRows.id(activation);
        commit(id.length, batch -> {
            if (batch.contains(Table.JOURNAL, accepted(id))) {
                batch.put(Table.JOURNAL, started(id));
            }
        });
    }

    @Override
    public void discard(ActivationId activation) {
        byte[] id = RecordRows.id(activation);
        commit(id.length, batch -> finish(batch, id));
    }

    @Override
    public List<Entry> unfinished() {
        var entries = new ArrayList<Entry>();
        try (View view = database.view()) {
            view.scan(Table.JOURNAL, Key.of('a').range(), row -> {
                addEntry(view, row, entries);
                return true;
            });
        }
        entries.sort(Comparator.comparing((Entry each) -> each.invocation().createdAt())
                .thenComparing(each -> each.invocation().id().value()));
        return entries;
    }

    private void commit(long bytes, Change change) {
        committer.commitAlways(Commit.Kind.URGENT, bytes, change);
    }

    /// One entry that can't be read must not keep the others from being finished.
    private static void addEntry(View view, View.Row row, List<Entry> entries) {
        byte[] key = row.key();
        byte[] id = Arrays.copyOfRange(key, 1, key.length);
        String name = HexFormat.of().formatHex(id);
        try {
            Invocation invocation = Documents.read(name, row.value(), InvocationDocuments::read);
            entries.add(
                    new Entry(invocation, view.get(Table.JOURNAL, started(id)).isPresent()));
        } catch (StoreException e) {
            LOG.atError().addKeyValue("activation", name).setCause(e).log("An accepted invocation can't be read");
        }
    }

    private static byte[] accepted(byte[] id) {
        return Key.of('a').raw(id).toBytes();
    }

    private static byte[] started(byte[] id) {
        return Key.of('s').raw(id).toBytes();
    }
}
