package dev.whirl.store.embedded;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.store.Activations;
import dev.whirl.store.ExpectedRecords;
import dev.whirl.store.StoreException;
import dev.whirl.store.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records in the database, written behind through the [RecordBuffer]. Lists read the short forms alone, so
/// that large results and logs cost them nothing.
final class EmbeddedActivations implements Activations {
    private static final long MAX_PAGE_BYTES = 32L * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedActivations.class);

    private final Database database;
    private final RecordBuffer buffer;
    private final RecordPruner pruner;
    private final LongReads reads;
    private final Unreadable unreadable;
    private final ExpectedRecords expected = new ExpectedRecords();

    EmbeddedActivations(
            Database database, RecordBuffer buffer, RecordPruner pruner, LongReads reads, Unreadable unreadable) {
        this.database = database;
        this.reads = reads;
        this.unreadable = unreadable;
        this.buffer = buffer;
        this.pruner = pruner;
    }

    @Override
    public void expect(NamespaceName namespace, ActivationId id) {
        expected.expect(namespace, id);
    }

    @Override
    public void record(Activation activation) {
        try {
            buffer.add(activation, expected.isExpected(activation.id()));
        } finally {
            expected.settled(activation.id());
        }
    }

    @Override
    public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
        expected.await(id);
        return buffer.find(id)
                .or(() -> database.get(Table.RECORDS, RecordRows.id(id)))
                .map(document -> Documents.read(id.value(), document, ActivationDocuments::read))
                .filter(record -> record.namespace().equals(namespace));
    }

    @Override
    public List<ActivationSummary> list(Query query) {
        showPending(query);
        List<Raw> page = page(query, MAX_PAGE_BYTES, (view, row) -> shortForm(view, query, row));
        return unreadable.readable(
                page, each -> Documents.read(each.name(), each.document(), ActivationDocuments::readSummary));
    }

    @Override
    public List<Activation> listFull(Query query) {
        showPending(query);
        List<Raw> page = page(query, MAX_PAGE_BYTES, (view, row) -> {
            byte[] id = RecordRows.idOfTail(RecordRows.tail(row.key()));
            return view.get(Table.RECORDS, id).map(document -> new Raw(name(id), document));
        });
        return unreadable.readable(
                page, each -> Documents.read(each.name(), each.document(), ActivationDocuments::read));
    }

    @Override
    public long count(Query query) {
        showPending(query);
        KeyRange range = RecordRows.range(query);
        return Math.max(0, reads.read(view -> view.count(Table.RECORD_INDEX, range)) - query.skip());
    }

    @Override
    public List<NamespaceName> namespaces() {
        return reads.read(view -> NamespaceRows.in(view, Table.RECORD_INDEX, 's'));
    }

    @Override
    public void flush() {
        buffer.flush();
    }

    @Override
    public long prune(Retention retention, Instant now) {
        return pruner.prune(retention, now);
    }

    /// Lists go on when nothing can be written; they lack then what is still in memory.
    private void showPending(Query query) {
        expected.awaitAll(query.namespace());
        try {
            buffer.flush();
        } catch (StoreException e) {
            LOG.atDebug().setCause(e).log("A list lacks the newest records");
        }
    }

    /// Ends when it has taken so many bytes.
    private List<Raw> page(Query query, long mostBytes, BiFunction<View, View.Row, Optional<Raw>> reader) {
        if (query.limit() <= 0) {
            return List.of();
        }
        return reads.read(view -> {
            var page = new ArrayList<Raw>();
            var left = new long[] {query.skip(), mostBytes};
            view.scan(Table.RECORD_INDEX, RecordRows.range(query), row -> {
                if (left[0] > 0) {
                    left[0]--;
                    return true;
                }
                reader.apply(view, row).ifPresent(raw -> {
                    page.add(raw);
                    left[1] -= raw.document().length;
                });
                return page.size() < query.limit() && left[1] > 0;
            });
            return page;
        });
    }

    /// Rows of a namespace carry the short form, rows of a name only lead to it.
    private static Optional<Raw> shortForm(View view, Query query, View.Row row) {
        byte[] tail = RecordRows.tail(row.key());
        Optional<byte[]> stored = query.name() == null
                ? Optional.of(row.value())
                : view.get(Table.RECORD_INDEX, RecordRows.summary(query.namespace(), tail));
        return stored.map(each -> new Raw(name(RecordRows.idOfTail(tail)), each));
    }

    private static String name(byte[] id) {
        return "activation " + HexFormat.of().formatHex(id);
    }
}
