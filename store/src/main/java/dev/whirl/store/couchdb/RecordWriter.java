package dev.whirl.store.couchdb;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.LogPace;
import dev.whirl.store.RecordRoom;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchStoreConfig.Records;
import dev.whirl.store.couchdb.Database.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes records behind, many in one request: as many as wait, after the first has waited a short while, and at once
/// when there are enough for a request or somebody asks for them. While CouchDB takes nothing they stay here, and
/// whoever brings more waits for room.
///
/// A record is in the map from the moment it was taken until CouchDB has it: at any time it is here, or there, or was
/// never recorded. The lock guards the fields that change.
final class RecordWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final int OVERHEAD_BYTES = 1024;
    private static final long MOST_BYTES_OF_A_REQUEST = 4L * 1024 * 1024;
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();

    private final Database activations;
    private final Records config;
    private final RecordListener listener;
    private final RecordRoom room;
    private final Counter dropped;
    private final LogPace pace = new LogPace();
    private final Map<ActivationId, Pending> pending = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Pending> queue = new ArrayDeque<>();
    private final Thread thread;
    private long taken;
    private long done;
    private long wanted;
    private int failures;
    private boolean isClosing;
    private boolean hasEnded;

    /// A record that CouchDB does not have yet, as far as is known.
    ///
    /// @param isKnownFirst whether CouchDB is known to have none of this id
    /// @param takenAt a time of [System#nanoTime]
    /// @param bytes of the room for records that it takes
    record Pending(Activation activation, RawJson document, boolean isKnownFirst, long takenAt, long bytes) {
        static Pending of(Activation activation, boolean isKnownFirst) {
            RawJson document = RecordForms.write(activation);
            long bytes = document.sizeBytes() + (long) OVERHEAD_BYTES;
            return new Pending(activation, document, isKnownFirst, System.nanoTime(), bytes);
        }

        Pending with(RawJson smaller) {
            return new Pending(activation, smaller, isKnownFirst, takenAt, bytes);
        }
    }

    RecordWriter(Database activations, Records config, RecordListener listener, MeterRegistry metrics) {
        this.activations = activations;
        this.config = config;
        this.listener = listener;
        this.room = new RecordRoom(
                config.maxPending(),
                bytes -> "Activation records can't be written: %d bytes of them wait for CouchDB.".formatted(bytes));
        this.dropped = Counter.builder("whirl.store.records.dropped")
                .description("Activation records that the store refused for good")
                .register(metrics);
        this.thread = Thread.ofPlatform().daemon().name("couchdb-records").start(this::run);
    }

    /// Takes a record, unless one of its id waits already.
    void add(Activation activation, boolean isKnownFirst) {
        var record = Pending.of(activation, isKnownFirst);
        room.reserve(record.bytes());
        boolean isTaken = false;
        lock.lock();
        try {
            requireOpen();
            isTaken = pending.putIfAbsent(activation.id(), record) == null;
            if (isTaken) {
                queue.addLast(record);
                taken++;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
            if (!isTaken) {
                room.release(record.bytes());
            }
        }
    }

    Optional<Pending> find(ActivationId id) {
        return Optional.ofNullable(pending.get(id));
    }

    /// Waits until CouchDB has all that was added before.
    ///
    /// @throws StoreException.Unavailable if it does not take it for too long
    void flush() {
        long left = PATIENCE;
        lock.lock();
        try {
            long mine = taken;
            int failuresBefore = failures;
            wanted = Math.max(wanted, mine);
            changed.signalAll();
            while (done < mine) {
                if (left <= 0 || failures > failuresBefore || hasEnded) {
                    throw new StoreException.Unavailable(
                            "Activation records can't be written: %d wait for CouchDB.".formatted(pending.size()));
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("Stopped while records were written");
        } finally {
            lock.unlock();
        }
    }

    int pendingRecords() {
        return pending.size();
    }

    long pendingBytes() {
        return room.takenBytes();
    }

    /// Writes what waits, for a bounded time.
    @Override
    public void close() {
        lock.lock();
        try {
            isClosing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofNanos(PATIENCE));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        if (!pending.isEmpty()) {
            LOG.atError().addKeyValue("records", pending.size()).log("Records were not written before the end");
        }
    }

    private void run() {
        try {
            for (List<Pending> batch = next(); !batch.isEmpty(); batch = next()) {
                write(batch);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                hasEnded = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits for what is to be written next; empty at the end.
    private List<Pending> next() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                long left = queue.isEmpty() ? Long.MAX_VALUE : nanosLeft(queue.getFirst());
                if (isClosing || left <= 0) {
                    return batch();
                }
                var _ = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long nanosLeft(Pending oldest) {
        boolean isEnough = queue.size() >= config.batch() || wanted > done;
        return isEnough ? 0 : config.delay().toNanos() - (System.nanoTime() - oldest.takenAt());
    }

    private List<Pending> batch() {
        var batch = new ArrayList<Pending>();
        long bytes = 0;
        while (!queue.isEmpty()
                && batch.size() < config.batch()
                && (batch.isEmpty() || bytes + queue.getFirst().bytes() <= MOST_BYTES_OF_A_REQUEST)) {
            Pending record = queue.removeFirst();
            bytes += record.bytes();
            batch.add(record);
        }
        return batch;
    }

    /// Until CouchDB has taken it: what was accepted must not be lost. At the end, once.
    private void write(List<Pending> batch) throws InterruptedException {
        List<Pending> left = batch;
        long pause = Duration.ofMillis(100).toNanos();
        while (!left.isEmpty()) {
            left = tryWriting(left);
            if (!left.isEmpty()) {
                if (hasFailedAtEnd()) {
                    throw new InterruptedException("CouchDB takes no records, and the process ends");
                }
                Thread.sleep(Duration.ofNanos(pause));
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
    }

    private boolean hasFailedAtEnd() {
        lock.lock();
        try {
            failures++;
            changed.signalAll();
            return isClosing;
        } finally {
            lock.unlock();
        }
    }

    /// @return what has to be tried again
    private List<Pending> tryWriting(List<Pending> batch) {
        try {
            Optional<List<Outcome>> outcomes = activations.writeAllAgain(
                    batch.stream().map(Pending::document).toList());
            return outcomes.map(each -> settle(batch, each)).orElseGet(() -> refused(batch));
        } catch (StoreException e) {
            log(e.getMessage(), batch.size());
            return batch;
        } catch (RuntimeException e) { // the thread that writes for all must outlive it
            LOG.atError().setCause(e).log("Records can't be written");
            return batch;
        }
    }

    /// CouchDB takes none of them: each half for itself, so that one keeps no other from being written.
    private List<Pending> refused(List<Pending> batch) {
        if (batch.size() == 1) {
            return smaller(batch.getFirst());
        }
        var left = new ArrayList<>(tryWriting(batch.subList(0, batch.size() / 2)));
        left.addAll(tryWriting(batch.subList(batch.size() / 2, batch.size())));
        return left;
    }

    /// One that CouchDB refuses goes without its logs, then without its result. If it is still refused it is given up:
    /// it would wait for ever, and whoever follows it with it.
    private List<Pending> smaller(Pending whole) {
        Optional<RawJson> smaller = RecordForms.smaller(whole.document());
        LOG.atWarn()
                .addKeyValue("activation", whole.activation().id())
                .addKeyValue("bytes", whole.document().sizeBytes())
                .log("CouchDB refuses a record; if it is too large, raise max_document_size: a part of it is left out");
        if (smaller.isPresent()) {
            return tryWriting(List.of(whole.with(smaller.get())));
        }
        LOG.atError()
                .addKeyValue("activation", whole.activation().id())
                .log("CouchDB refuses a record, even without its logs and its result: it is not kept");
        dropped.increment();
        settled(List.of(whole));
        return List.of();
    }

    private List<Pending> settle(List<Pending> batch, List<Outcome> outcomes) {
        var settled = new ArrayList<Pending>();
        var refused = new ArrayList<Pending>();
        var left = new ArrayList<Pending>();
        String reason = "";
        for (int i = 0; i < batch.size(); i++) {
            Outcome outcome = i < outcomes.size() ? outcomes.get(i) : new Outcome("", Optional.empty(), "no answer");
            boolean isThere = outcome.revision().isPresent() || outcome.isConflict();
            (isThere ? settled : outcome.isRefused() ? refused : left).add(batch.get(i));
            reason = isThere ? reason : outcome.error();
        }
        if (!left.isEmpty()) {
            log(reason, left.size());
        }
        settled(settled);
        refused.forEach(each -> left.addAll(smaller(each)));
        return left;
    }

    private void settled(List<Pending> records) {
        records.forEach(each -> pending.remove(each.activation().id()));
        records.forEach(each -> room.release(each.bytes()));
        lock.lock();
        try {
            done += records.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            listener.recorded(
                    records.stream().map(each -> each.activation().id()).toList());
        } catch (RuntimeException e) { // the records are there; the journal's reader finds them
            LOG.atWarn().setCause(e).log("The journal can't forget what has its record");
        }
    }

    private void log(@org.jspecify.annotations.Nullable String reason, int records) {
        pace.log(heldBack -> LOG.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("records", records)
                .addKeyValue("since", heldBack)
                .log("Records can't be written now, and wait"));
    }

    private void requireOpen() {
        if (isClosing) {
            throw new StoreException.Unavailable("The store is closed.");
        }
    }
}
