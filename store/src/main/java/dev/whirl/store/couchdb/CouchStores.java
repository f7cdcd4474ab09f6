package dev.whirl.store.couchdb;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.store.Activations;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Entities;
import dev.whirl.store.Housekeeper;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import dev.whirl.store.Subjects;
import dev.whirl.store.Unreadable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stores in CouchDB, open until they are closed. Accepted invocations are kept elsewhere: by what carries them.
public final class CouchStores implements Stores {
    private static final Logger LOG = LoggerFactory.getLogger(CouchStores.class);

    private final CouchClient client;
    private final CouchEntities entities;
    private final CouchSubjects subjects;
    private final CouchCode code;
    private final RecordWriter writer;
    private final CouchActivations activations;
    private final InvocationJournal journal;
    private final CouchKeyedDocuments feeds;
    private final Housekeeper housekeeper;

    private CouchStores(
            CouchStoreConfig config,
            CouchClient client,
            MeterRegistry metrics,
            Function<Activations, InvocationJournal> journals) {
        this.client = client;
        var unreadable = new Unreadable(metrics);
        var whisks = new Database(client, config.prefix() + "whisks");
        var records = new Database(client, config.prefix() + "activations");
        code = new CouchCode(whisks, config.stagedCode());
        entities = new CouchEntities(whisks, code, unreadable);
        subjects = new CouchSubjects(new Database(client, config.prefix() + "subjects"), unreadable);
        writer = new RecordWriter(records, config.records(), this::recorded, metrics);
        activations = new CouchActivations(records, writer, new RecordPruner(records, metrics), unreadable);
        journal = journals.apply(activations);
        feeds = new CouchKeyedDocuments(client, config.prefix() + "feeds");
        gauges(writer, metrics);
        housekeeper = new Housekeeper(
                now -> prune(config.records().retention(), now),
                config.records().pruneInterval());
        housekeeper.start();
    }

    /// Opens the stores after a look at the databases.
    ///
    /// @param journal of accepted invocations; records take their entries out of it
    /// @throws StoreException.Unavailable with all that stands in the way, one sentence a line
    public static CouchStores open(CouchStoreConfig config, MeterRegistry metrics, InvocationJournal journal) {
        return open(config, metrics, _ -> journal);
    }

    /// As above, for a journal that writes records itself.
    ///
    /// @param journals makes the journal
    public static CouchStores open(
            CouchStoreConfig config, MeterRegistry metrics, Function<Activations, InvocationJournal> journals) {
        var client = new CouchClient(config, metrics);
        boolean isOpen = false;
        try {
            List<String> problems = new CouchDesign(client, config.prefix()).problems();
            if (!problems.isEmpty()) {
                throw new StoreException.Unavailable(String.join("\n", problems));
            }
            var stores = new CouchStores(config, client, metrics, journals);
            isOpen = true;
            return stores;
        } finally {
            if (!isOpen) {
                client.close();
            }
        }
    }

    @Override
    public Entities entities() {
        return entities;
    }

    @Override
    public Subjects subjects() {
        return subjects;
    }

    @Override
    public CodeStore code() {
        return code;
    }

    @Override
    public Activations activations() {
        return activations;
    }

    @Override
    public InvocationJournal journal() {
        return journal;
    }

    /// Documents of feeds; the database is made at the first use.
    public KeyedDocuments feeds() {
        return feeds;
    }

    /// Writes the records that wait, for ten seconds at most.
    @Override
    public void close() {
        housekeeper.close();
        writer.close();
        client.close();
    }

    private void recorded(List<ActivationId> ids) {
        ids.forEach(journal::discard);
    }

    private void prune(Activations.Retention retention, Instant now) {
        long removed = activations.prune(retention, now);
        LOG.atDebug().addKeyValue("records", removed).log("Old activation records were removed");
    }

    private static void gauges(RecordWriter writer, MeterRegistry metrics) {
        Gauge.builder("whirl.store.records.pending", writer, RecordWriter::pendingRecords)
                .description("Activation records that wait to be written")
                .register(metrics);
        Gauge.builder("whirl.store.records.pending.bytes", writer, RecordWriter::pendingBytes)
                .description("Memory of activation records that wait to be written")
                .baseUnit("bytes")
                .register(metrics);
    }
}
