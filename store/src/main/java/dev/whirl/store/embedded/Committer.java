package dev.whirl.store.embedded;

import dev.whirl.store.ConflictException;
import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of a database: takes changes in groups, checks and applies each, and writes the group, which one sync
/// then makes durable. As changes run one after the other, a check and its write are one step. What nobody waits for
/// is written while the disk syncs for others. Callers, mostly virtual threads, only park meanwhile.
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Database database;
    private final DiskSpace space;
    private final CommitQueue queue = new CommitQueue();
    private final Timer latency;
    private final DistributionSummary groupSize;
    private final Thread thread;
    private final Syncer syncer;
    private final LogPace pace = new LogPace();
    private final LogPace recovered = new LogPace();
    private volatile boolean isFailing;

    private Committer(Database database, DiskSpace space, Syncer.Disk disk, MeterRegistry metrics) {
        this.database = database;
        this.space = space;
        this.latency = Timer.builder("whirl.store.commit")
                .description("Time to apply one group of changes and to sync it")
                .publishPercentileHistogram()
                .register(metrics);
        this.groupSize = DistributionSummary.builder("whirl.store.commit.changes")
                .description("Changes that shared one sync")
                .register(metrics);
        this.syncer = Syncer.start(disk, new SyncListener());
        this.thread = Thread.ofPlatform().daemon().name("store-commit").unstarted(this::run);
    }

    static Committer start(Database database, DiskSpace space, MeterRegistry metrics) {
        return start(database, space, database::sync, metrics);
    }

    /// @param disk what makes durable that is written to the database
    static Committer start(Database database, DiskSpace space, Syncer.Disk disk, MeterRegistry metrics) {
        var committer = new Committer(database, space, disk, metrics);
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
    /// @return ends when the change is written: the end of this process does no harm to it any more
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
            database.sync();
        } catch (RocksDBException e) {
            throw Faults.of("write to", database.folder(), e);
        } catch (ConflictException e) {
            throw new IllegalStateException("a flush was refused", e);
        }
    }

    /// Writes what is there and stops.
    @Override
    public void close() {
        queue.close(database.closed());
        boolean isInterrupted = false;
        for (boolean isOver = false; !isOver; ) {
            try {
                thread.join();
                syncer.stop();
                isOver = true;
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
                case StoreException failure -> throw failure;
                case null, default -> throw new IllegalStateException("a commit ended unexpectedly", e);
            }
        }
    }

    private void run() {
        List<Commit> current = List.of();
        try {
            for (Optional<List<Commit>> group = queue.take(); group.isPresent(); group = queue.take()) {
                current = group.get();
                writeOrFail(current);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon(current, e);
        }
    }

    /// Whatever goes wrong fails this group alone: the next one may go well.
    private void writeOrFail(List<Commit> group) {
        List<Commit> open = group;
        boolean isAwaited = false;
        try {
            open = writable(group);
            isAwaited = write(open);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A group of changes failed");
            queue.settle(open.stream().filter(each -> each.result().isDone()).toList());
            fail(
                    open.stream().filter(each -> !each.result().isDone()).toList(),
                    new StoreException.Unavailable(
                            "The store in %s failed to write: %s".formatted(database.folder(), e), e));
        } finally {
            if (!isAwaited && group.stream().anyMatch(each -> !each.isDeferred())) {
                queue.synced();
            }
        }
    }

    /// @return whether somebody waits for the group to be synced
    private boolean write(List<Commit> group) {
        long start = System.nanoTime();
        try (Batch batch = database.batch()) {
            List<Commit> applied = apply(batch, group);
            if (!batch.isEmpty()) {
                database.write(batch);
                groupSize.record(applied.size());
            }
            List<Commit> awaited = batch.isEmpty()
                    ? List.of()
                    : applied.stream().filter(each -> !each.isDeferred()).toList();
            applied.stream()
                    .filter(each -> awaited.isEmpty() || each.isDeferred())
                    .forEach(each -> each.result().complete(null));
            queue.settle(group);
            return handOver(awaited, !batch.isEmpty(), start);
        } catch (RocksDBException e) {
            fail(group, failure(e));
            return false;
        }
    }

    private boolean handOver(List<Commit> awaited, boolean isWritten, long start) {
        if (!awaited.isEmpty()) {
            syncer.now(awaited, start);
            return true;
        }
        if (isWritten) {
            latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            noteSuccess();
            syncer.later();
        }
        return false;
    }

    private StoreException failure(RocksDBException problem) {
        StoreException failure = Faults.of("write to", database.folder(), problem);
        pace.log(heldBack -> LOG.atError()
                .addKeyValue("reason", failure.getMessage())
                .addKeyValue("failedSince", heldBack)
                .log("The store can't write; it goes on trying"));
        return failure;
    }

    private final class SyncListener implements Syncer.Listener {
        @Override
        public void synced(List<Commit> group, long startNanos) {
            if (!group.isEmpty()) {
                latency.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
                noteSuccess();
                queue.synced();
                group.forEach(each -> each.result().complete(null));
            }
        }

        /// Whoever waits is told; the change may be there after all.
        @Override
        public void failed(List<Commit> group, RocksDBException problem) {
            StoreException failure = failure(problem);
            isFailing = true;
            if (!group.isEmpty()) {
                queue.synced();
                group.forEach(each -> each.result().completeExceptionally(failure));
            }
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

    /// Those that did not refuse themselves. A refused or failed one has left no write.
    private List<Commit> apply(Batch batch, List<Commit> group) {
        var applied = new ArrayList<Commit>(group.size());
        for (Commit each : group) {
            try {
                batch.apply(each.change());
                applied.add(each);
            } catch (ConflictException e) {
                each.result().completeExceptionally(e);
            } catch (RocksDBException e) {
                refuse(each, Faults.of("write to", database.folder(), e));
            } catch (StoreException e) {
                refuse(each, e);
            } catch (RuntimeException | Error e) {
                LOG.atError().setCause(e).log("A change of the store failed");
                each.result()
                        .completeExceptionally(
                                new StoreException.Unavailable("A change of the store failed: " + e.getMessage(), e));
            }
        }
        return applied;
    }

    /// Nobody waits for what was deferred, so nobody else would say that it is lost.
    private static void refuse(Commit commit, StoreException reason) {
        if (commit.isDeferred()) {
            LOG.atError().addKeyValue("reason", reason.getMessage()).log("A change that nobody waits for was not made");
        }
        commit.result().completeExceptionally(reason);
    }

    private void fail(List<Commit> group, StoreException failure) {
        isFailing = isFailing || !group.isEmpty();
        List<Commit> lost = queue.giveBack(group, failure);
        long records = lost.stream().filter(Commit::isDeferred).count();
        if (records > 0) {
            LOG.atError().addKeyValue("records", records).log("Activation records were lost at the stop");
        }
        lost.forEach(each -> each.result().completeExceptionally(failure));
    }

    private void noteSuccess() {
        if (isFailing) {
            recovered.log(_ -> LOG.atInfo().log("The store writes again"));
            isFailing = false;
        }
    }

    /// From here on the store can only be read.
    private void abandon(List<Commit> group, Throwable cause) {
        LOG.atError().setCause(cause).log("The store stopped writing; it can only be read until a restart");
        var failure = new StoreException.Unavailable(
                "The store in %s stopped writing and can only be read: %s".formatted(database.folder(), cause), cause);
        queue.close(failure);
        fail(group.stream().filter(each -> !each.result().isDone()).toList(), failure);
        fail(queue.drain(), failure);
    }
}
