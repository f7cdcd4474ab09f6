package dev.whirl.store.embedded;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.ActivationDocuments;
import dev.whirl.store.Activations;
import dev.whirl.store.ExpectedRecords;
import dev.whirl.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
    private final ExpectedRecords expected = new ExpectedRecords();

    EmbeddedActivations(Database database, RecordBuffer buffer, RecordPruner pruner) {
        this.database = database;
        this.buffer = buffer;
        this.pruner = pruner;
    }

    @Override
    public void expect(ActivationId id) {
        expected.expect(id);
    }

    @Override
    public void record(Activation activation) {
        try {
            buffer.add(activation);
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
        showPending();
        try (View view = database.view()) {
            return page(view, query, row -> shortForm(view, query, row));
        }
    }

    @Override
    public List<Activation> listFull(Query query) {
        showPending();
        var room = new AtomicLong(MAX_PAGE_BYTES);
        try (View view = database.view()) {
            return page(view, query, row -> {
                byte[] id = RecordRows.idOfTail(RecordRows.tail(row.key()));
                return view.get(Table.RECORDS, id)
                        .filter(document -> room.getAndAdd(-document.length) > 0)
                        .map(document -> Documents.read(name(id), document, ActivationDocuments::read));
            });
        }
    }

    @Override
    public long count(Query query) {
        showPending();
        try (View view = database.view()) {
            return Math.max(0, view.count(Table.RECORD_INDEX, RecordRows.range(query)) - query.skip());
        }
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
    private void showPending() {
        expected.awaitAll();
        try {
            buffer.flush();
        } catch (StoreException e) {
            LOG.atDebug().setCause(e).log("A list lacks the newest records");
        }
    }

    private static <T> List<T> page(View view, Query query, Function<View.Row, Optional<T>> reader) {
        var page = new ArrayList<T>();
        if (query.limit() <= 0) {
            return page;
        }
        var left = new int[] {query.skip()};
        view.scan(Table.RECORD_INDEX, RecordRows.range(query), row -> {
            if (left[0] > 0) {
                left[0]--;
                return true;
            }
            reader.apply(row).ifPresent(page::add);
            return page.size() < query.limit();
        });
        return page;
    }

    /// Rows of a namespace carry the short form, rows of a name only lead to it.
    private static Optional<ActivationSummary> shortForm(View view, Query query, View.Row row) {
        byte[] tail = RecordRows.tail(row.key());
        Optional<byte[]> stored = query.name() == null
                ? Optional.of(row.value())
                : view.get(Table.RECORD_INDEX, RecordRows.summary(query.namespace(), tail));
        return stored.map(
                each -> Documents.read(name(RecordRows.idOfTail(tail)), each, ActivationDocuments::readSummary));
    }

    private static String name(byte[] id) {
        return "activation " + HexFormat.of().formatHex(id);
    }
}
