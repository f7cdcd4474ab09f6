package dev.whirl.store.embedded;

import dev.whirl.store.ConflictException;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of a database: takes changes in groups, checks and applies each, and makes the group
/// durable with one sync. As changes run one after the other, a check and its write are one step. Callers,
/// mostly virtual threads, only park meanwhile: the sync blocks this platform thread alone.
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Database database;
    private final DiskSpace space;
    private final CommitQueue queue = new CommitQueue();
    private final Timer latency;
    private final DistributionSummary groupSize;
    private final Thread thread;
    private boolean isFailing;

    private Committer(Database database, DiskSpace space, MeterRegistry metrics) {
        this.database = database;
        this.space = space;
        this.latency = Timer.builder("whirl.store.commit")
                .description("Time to apply one group of changes and to sync it")
                .publishPercentileHistogram()
                .register(metrics);
        this.groupSize = DistributionSummary.builder("whirl.store.commit.changes")
                .description("Changes that shared one sync")
                .register(metrics);
        this.thread = Thread.ofPlatform().daemon().name("store-commit").unstarted(this::run);
    }

    static Committer start(Database database, DiskSpace space, MeterRegistry metrics) {
        var committer = new Committer(database, space, metrics);
        committer.thread.start();
        return committer;
    }

    /// Makes one change and waits until it is durable.
    ///
    /// @throws ConflictException if the change refused itself
    /// @throws StoreException if it could not be written
    void commit(Commit.Kind kind, long bytes, Change change) throws ConflictException {
        var commit = Commit.of(kind, bytes, change);
        queue.add(commit);
        await(commit.result());
    }

    /// As [#commit], for a change that never refuses itself.
    void commitAlways(Commit.Kind kind, long bytes, Change change) {
        try {
            commit(kind, bytes, change);
        } catch (ConflictException e) {
            throw new IllegalStateException("a change without a check was refused", e);
        }
    }

    /// Makes a change soon and does not wait.
    ///
    /// @return ends when the change is durable
    CompletableFuture<Void> defer(long bytes, Change change) {
        var commit = Commit.of(Commit.Kind.DEFERRED, bytes, change);
        queue.add(commit);
        return commit.result();
    }

    /// Waits until every change that was deferred before is durable.
    ///
    /// @throws StoreException if it can't be written now; it will be tried again
    void flush() {
        try {
            await(queue.flush());
        } catch (ConflictException e) {
            throw new IllegalStateException("a flush was refused", e);
        }
    }

    /// Writes what is there and stops.
    @Override
    public void close() {
        queue.close(new StoreException("The store in %s is closed.".formatted(database.folder())));
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CompletableFuture<Void> result) throws ConflictException {
        try {
            result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case ConflictException conflict -> throw conflict;
                case StoreException failure -> throw new StoreException(String.valueOf(failure.getMessage()), failure);
                case null, default -> throw new IllegalStateException("a commit ended unexpectedly", e);
            }
        }
    }

    private void run() {
        try {
            for (Optional<List<Commit>> group = queue.take(); group.isPresent(); group = queue.take()) {
                write(group.get());
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.atError().setCause(e).log("The store stopped writing");
            abandon(new StoreException("The store in %s stopped writing.".formatted(database.folder()), e));
        }
    }

    private void write(List<Commit> group) {
        long start = System.nanoTime();
        List<Commit> writable = writable(group);
        try (Batch batch = database.batch()) {
            List<Commit> applied = apply(batch, writable);
            if (!batch.isEmpty()) {
                database.write(batch);
                groupSize.record(applied.size());
                latency.record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
                noteSuccess();
            }
            applied.forEach(each -> each.result().complete(null));
            queue.settle(writable);
        } catch (RocksDBException e) {
            fail(writable, Faults.of("write to", database.folder(), e));
        }
    }

    /// All of the group, or only what frees space if there is little left.
    private List<Commit> writable(List<Commit> group) {
        long bytes = group.stream().mapToLong(Commit::bytes).sum();
        Optional<StoreException> shortage = space.shortage(bytes);
        if (shortage.isEmpty()) {
            return group;
        }
        fail(group.stream().filter(each -> each.kind() != Commit.Kind.FREEING).toList(), shortage.get());
        return group.stream().filter(each -> each.kind() == Commit.Kind.FREEING).toList();
    }

    /// Those that did not refuse themselves. A refused one has left no write.
    private List<Commit> apply(Batch batch, List<Commit> group) {
        var applied = new ArrayList<Commit>(group.size());
        for (Commit each : group) {
            try {
                batch.apply(each.change());
                applied.add(each);
            } catch (ConflictException e) {
                each.result().completeExceptionally(e);
            } catch (RocksDBException e) {
                each.result().completeExceptionally(Faults.of("write to", database.folder(), e));
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("A change of the store failed");
                each.result()
                        .completeExceptionally(
                                new StoreException("A change of the store failed: " + e.getMessage(), e));
            }
        }
        return applied;
    }

    private void fail(List<Commit> group, StoreException failure) {
        if (!isFailing && !group.isEmpty()) {
            LOG.atError().setCause(failure).log("The store can't write; it goes on trying");
            isFailing = true;
        }
        List<Commit> lost = queue.giveBack(group, failure);
        long records = lost.stream().filter(Commit::isDeferred).count();
        if (records > 0) {
            LOG.atError().addKeyValue("records", records).log("Activation records were lost at the stop");
        }
        lost.forEach(each -> each.result().completeExceptionally(failure));
    }

    private void noteSuccess() {
        if (isFailing) {
            LOG.atInfo().log("The store writes again");
            isFailing = false;
        }
    }

    private void abandon(StoreException failure) {
        queue.close(failure);
        fail(queue.drain(), failure);
    }
}
