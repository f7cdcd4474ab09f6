package dev.whirl.store.couchdb;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.store.Activations;
import dev.whirl.store.ExpectedRecords;
import dev.whirl.store.StoreException;
import dev.whirl.store.Unreadable;
import dev.whirl.store.couchdb.Database.Found;
import dev.whirl.store.couchdb.RecordWriter.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records in the database `activations`, written behind by the [RecordWriter]. Lists first have written what waits,
/// then ask the views as they are after it; when that takes too long, as they are.
final class CouchActivations implements Activations {
    private static final Logger LOG = LoggerFactory.getLogger(CouchActivations.class);
    private static final String BY_START = DesignDocuments.ACTIVATIONS + "/activations";
    private static final String BY_NAME = DesignDocuments.ACTIVATION_FILTERS + "/activations";
    private static final long MAX_PAGE_BYTES = 32L * 1024 * 1024;
    private static final int DOCUMENTS_AT_A_TIME = 5;

    private final Database activations;
    private final RecordWriter writer;
    private final RecordPruner pruner;
    private final Unreadable unreadable;
    private final ExpectedRecords expected = new ExpectedRecords();

    CouchActivations(Database activations, RecordWriter writer, RecordPruner pruner, Unreadable unreadable) {
        this.activations = activations;
        this.writer = writer;
        this.pruner = pruner;
        this.unreadable = unreadable;
    }

    @Override
    public void expect(NamespaceName namespace, ActivationId id) {
        expected.expect(namespace, id);
    }

    @Override
    public void record(Activation activation) {
        try {
            writer.add(activation, expected.isExpected(activation.id()));
        } finally {
            expected.settled(activation.id());
        }
    }

    /// What waits to be written counts only if the database has none: the first record of an id stays.
    @Override
    public Optional<Activation> find(NamespaceName namespace, ActivationId id) {
        expected.await(id);
        Optional<Pending> waiting = writer.find(id);
        if (waiting.isPresent() && waiting.get().isKnownFirst()) {
            return waiting.map(Pending::activation)
                    .filter(each -> each.namespace().equals(namespace));
        }
        return stored(namespace, id)
                .or(() -> writer.find(id)
                        .map(Pending::activation)
                        .filter(each -> each.namespace().equals(namespace)))
                .or(() -> waiting.isPresent() ? stored(namespace, id) : Optional.empty());
    }

    private Optional<Activation> stored(NamespaceName namespace, ActivationId id) {
        String document = RecordForms.id(namespace, id);
        return activations.get(document).map(each -> RecordForms.read(document, each));
    }

    @Override
    public List<ActivationSummary> list(Query query) {
        return unreadable.readable(page(query), row -> RecordForms.readSummary(row.id(), row.value()));
    }

    @Override
    public List<Activation> listFull(Query query) {
        List<String> ids = page(query).stream().map(NewestFirst.Row::id).toList();
        var found = new ArrayList<Found>();
        long bytes = 0;
        for (int from = 0; from < ids.size() && bytes < MAX_PAGE_BYTES; from += DOCUMENTS_AT_A_TIME) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + DOCUMENTS_AT_A_TIME));
            for (Found each : activations.find(some, true)) {
                if (each.document().isObject() && bytes < MAX_PAGE_BYTES) {
                    found.add(each);
                    bytes += each.document().sizeBytes();
                }
            }
        }
        return unreadable.readable(found, each -> RecordForms.read(each.id(), each.document()));
    }

    @Override
    public long count(Query query) {
        showPending(query.namespace());
        if (isAlwaysEmpty(query)) {
            return 0;
        }
        return Math.max(0, fresh(view(query), activations::count) - query.skip());
    }

    @Override
    public List<NamespaceName> namespaces() {
        return activations.rows(ViewQuery.countsByFirst(BY_START)).stream()
                .flatMap(row -> ViewQuery.namespace(row).stream())
                .sorted()
                .toList();
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public long prune(Retention retention, Instant now) {
        return pruner.prune(retention, now);
    }

    private List<NewestFirst.Row> page(Query query) {
        showPending(query.namespace());
        if (query.limit() <= 0 || isAlwaysEmpty(query)) {
            return List.of();
        }
        return fresh(view(query), view -> new NewestFirst(activations, view).page(query.skip(), query.limit()));
    }

    private interface Question<T> {
        T ask(ViewQuery view);
    }

    /// Asks the view as it is after the last write. One that is far behind takes its time to get there: then as it is.
    private static <T> T fresh(ViewQuery view, Question<T> question) {
        try {
            return question.ask(view.impatient());
        } catch (StoreException.Unavailable e) {
            LOG.atDebug().setCause(e).log("A list may lack the newest records");
            return question.ask(view.stale());
        }
    }

    /// Lists go on when nothing can be written; they lack then what is still in memory.
    private void showPending(NamespaceName namespace) {
        expected.awaitAll(namespace);
        try {
            writer.flush();
        } catch (StoreException e) {
            LOG.atDebug().setCause(e).log("A list lacks the newest records");
        }
    }

    /// CouchDB takes a range that ends before it begins for a mistake.
    private static boolean isAlwaysEmpty(Query query) {
        Instant since = query.since();
        Instant upto = query.upto();
        boolean isEmptyRange = since != null && upto != null && since.toEpochMilli() > upto.toEpochMilli();
        return isEmptyRange || !Database.isOurs(query.namespace().value());
    }

    private static ViewQuery view(Query query) {
        EntityName name = query.name();
        String path = query.namespace().value();
        if (name != null) {
            path += query.pkg() == null ? "/" + name : "/" + query.pkg() + "/" + name;
        }
        Instant since = query.since();
        Instant upto = query.upto();
        return ViewQuery.between(
                name == null ? BY_START : BY_NAME,
                since == null ? ViewQuery.key(path) : ViewQuery.key(path, since.toEpochMilli()),
                upto == null ? ViewQuery.key(path, ViewQuery.LAST) : ViewQuery.key(path, upto.toEpochMilli()));
    }
}
