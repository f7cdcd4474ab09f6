package dev.whirl.store.embedded;

import dev.whirl.store.ConflictException;
import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer of a database: takes changes in groups, checks and applies each, and makes the group
/// durable with one sync. As changes run one after the other, a check and its write are one step. Callers,
/// mostly virtual threads, only park meanwhile: the sync blocks this platform thread alone. A group that nobody waits
/// for is only written, which saves it from the end of this process, and synced with the next one, or a moment later.
final class Committer implements AutoCloseable {
    /// How long the machine must keep its power for what nobody waits for.
    private static final long SYNC_LATER = Duration.ofMillis(200).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final Database database;
    private final DiskSpace space;
    private final CommitQueue queue = new CommitQueue();
    private final Timer latency;
    private final DistributionSummary groupSize;
    private final Thread thread;
    private final LogPace pace = new LogPace();
    private final LogPace recovered = new LogPace();
    private boolean isFailing;
    private boolean isBroken;
    private OptionalLong syncAt = OptionalLong.empty();

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
    /// @return ends when the change is written: the end of this process does no harm to it any more
    CompletableFuture<Void> defer(long bytes, Change change) {
        var commit = Commit.of(Commit.Kind.DEFERRED, bytes, change);
        queue.add(commit);
        return commit.result();
    }

    /// Waits until every change that was deferred before is written.
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
        queue.close(database.closed());
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
                case StoreException failure -> throw failure;
                case null, default -> throw new IllegalStateException("a commit ended unexpectedly", e);
            }
        }
    }

    private void run() {
        List<Commit> current = List.of();
        try {
            for (var group = queue.take(syncAt); group.isPresent(); group = queue.take(syncAt)) {
                current = group.get();
                if (current.isEmpty()) {
                    sync();
                } else {
                    writeOrFail(current);
                }
            }
            if (syncAt.isPresent()) {
                sync();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon(current, e);
        }
    }

    /// Whatever goes wrong fails this group alone: the next one may go well.
    private void writeOrFail(List<Commit> group) {
        List<Commit> open = group;
        try {
            open = writable(group);
            write(open);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("A group of changes failed");
            queue.settle(open.stream().filter(each -> each.result().isDone()).toList());
            fail(
                    open.stream().filter(each -> !each.result().isDone()).toList(),
                    new StoreException.Unavailable(
                            "The store in %s failed to write: %s".formatted(database.folder(), e), e));
        }
    }

    private void write(List<Commit> group) {
        long start = System.nanoTime();
        try (Batch batch = database.batch()) {
            List<Commit> applied = apply(batch, group);
            if (!batch.isEmpty()) {
                write(batch, group.stream().allMatch(Commit::isDeferred));
                isBroken = false;
                groupSize.record(applied.size());
                latency.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                noteSuccess();
            }
            applied.forEach(each -> each.result().complete(null));
            queue.settle(group);
        } catch (RocksDBException e) {
            isBroken = true;
            StoreException failure = Faults.of("write to", database.folder(), e);
            pace.log(heldBack -> LOG.atError()
                    .addKeyValue("reason", failure.getMessage())
                    .addKeyValue("failedSince", heldBack)
                    .log("The store can't write; it goes on trying"));
            fail(group, failure);
        }
    }

    private void write(Batch batch, boolean isUnawaited) throws RocksDBException {
        boolean isDue = syncAt.isPresent() && syncAt.getAsLong() - System.nanoTime() <= 0;
        if (isUnawaited && !isDue) {
            database.writeUnsynced(batch);
            syncAt = OptionalLong.of(syncAt.orElse(System.nanoTime() + SYNC_LATER));
        } else {
            database.write(batch);
            syncAt = OptionalLong.empty();
        }
    }

    /// After a write that failed there is no sync but with the next one that succeeds: see [Database#sync].
    private void sync() {
        if (isBroken) {
            syncAt = OptionalLong.of(System.nanoTime() + SYNC_LATER);
            return;
        }
        syncAt = OptionalLong.empty();
        try {
            database.sync();
        } catch (RocksDBException e) {
            isBroken = true;
            syncAt = OptionalLong.of(System.nanoTime() + SYNC_LATER);
            LOG.atError().setCause(e).log("The store can't sync; it goes on trying");
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
