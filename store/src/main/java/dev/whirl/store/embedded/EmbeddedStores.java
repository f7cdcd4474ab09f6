package dev.whirl.store.embedded;

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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The embedded store, open until it is closed.
public final class EmbeddedStores implements Stores {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStores.class);

    private final Database database;
    private final LongReads reads;
    private final EmbeddedEntities entities;
    private final EmbeddedSubjects subjects;
    private final FileCodeStore code;
    private final EmbeddedActivations activations;
    private final EmbeddedJournal journal;
    private final EmbeddedKeyedDocuments feeds;
    private final CodeSweeper sweeper;
    private final Closing closing;

    /// What to close, the last opened first; once.
    private static final class Closing implements AutoCloseable {
        private final Deque<AutoCloseable> parts = new ArrayDeque<>();
        private final AtomicBoolean isClosed = new AtomicBoolean();

        <T extends AutoCloseable> T add(T part) {
            parts.push(part);
            return part;
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                parts.forEach(Closing::close);
            }
        }

        private static void close(AutoCloseable part) {
            try {
                part.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("no part of a store fails so", e);
            }
        }
    }

    private EmbeddedStores(EmbeddedStoreConfig config, MeterRegistry metrics, Closing closing) {
        this.closing = closing;
        DataFolder folder = closing.add(DataFolder.open(root(config)));
        var space = new DiskSpace(folder.root(), config.reserve());
        database = closing.add(Database.open(folder.database()));
        code = closing.add(FileCodeStore.open(folder.code(), space));
        Committer committer = closing.add(Committer.start(database, space, metrics));
        var buffer = new RecordBuffer(database, committer, config.maxPending(), config.syncRecords());
        gauges(buffer, metrics);
        reads = closing.add(new LongReads(database));
        var unreadable = new Unreadable(metrics);
        entities = new EmbeddedEntities(database, committer, reads, unreadable);
        subjects = new EmbeddedSubjects(database, committer, reads, unreadable);
        journal = new EmbeddedJournal(database, committer, reads);
        feeds = new EmbeddedKeyedDocuments(database, committer, reads, Table.FEEDS);
        var pruner = new RecordPruner(database, committer, metrics);
        activations = new EmbeddedActivations(database, buffer, pruner, reads, unreadable);
        sweeper = new CodeSweeper(code, entities::isUsed, config.codeGrace(), metrics);
        closing.add(new Housekeeper(now -> keepHouse(config.retention(), now), config.pruneInterval()))
                .start();
    }

    private void keepHouse(Activations.Retention retention, Instant now) {
        long removed = activations.prune(retention, now);
        LOG.atDebug().addKeyValue("records", removed).log("Old activation records were removed");
        sweeper.sweep(now);
    }

    /// Opens the store in its folder, which is created if needed.
    ///
    /// @throws StoreException with one sentence that names the folder: in use by another process, written by
    ///     a newer version, without permission, damaged
    public static EmbeddedStores open(EmbeddedStoreConfig config, MeterRegistry metrics) {
        var closing = new Closing();
        try {
            return new EmbeddedStores(config, metrics, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /// Whether some process has the store in this folder open. Not for the process that may have it itself.
    public static boolean isInUse(Path data) {
        return DataFolder.isLocked(data.toAbsolutePath().normalize());
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

    /// Documents of feeds.
    public KeyedDocuments feeds() {
        return feeds;
    }

    /// Writes a copy of everything as it is at one moment into a folder, which must be empty or not exist, while
    /// work goes on. Where it lies on the same disk it shares files with the store and takes little space at first.
    /// The copy is a data folder: it can be opened, or put in place by [#restore].
    ///
    /// @throws StoreException.Unavailable with one sentence, if it could not be written
    public void backup(Path folder) {
        activations.flush();
        reads.run(() -> {
            sweeper.rest(() -> Backup.write(folder.toAbsolutePath().normalize(), database, code));
            return true;
        });
    }

    /// Puts a backup in place as a data folder, which must be empty or not exist. Nothing may have it open.
    ///
    /// @throws StoreException.Unavailable with one sentence: not a whole backup, of a newer version, a folder that
    ///     is not empty, a full disk
    public static void restore(Path backup, Path data) {
        Backup.restore(
                backup.toAbsolutePath().normalize(), data.toAbsolutePath().normalize());
    }

    /// What removes unused code; for tests that don't wait for the housekeeper.
    CodeSweeper sweeper() {
        return sweeper;
    }

    @Override
    public void close() {
        closing.close();
    }

    private static Path root(EmbeddedStoreConfig config) {
        return config.data().toAbsolutePath().normalize();
    }

    private static void gauges(RecordBuffer buffer, MeterRegistry metrics) {
        Gauge.builder("whirl.store.records.pending", buffer, RecordBuffer::pendingRecords)
                .description("Activation records that wait to be written")
                .register(metrics);
        Gauge.builder("whirl.store.records.pending.bytes", buffer, RecordBuffer::pendingBytes)
                .description("Memory of activation records that wait to be written")
                .baseUnit("bytes")
                .register(metrics);
    }
}
