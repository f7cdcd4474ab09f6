package dev.whirl.store.embedded;

import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what may take long in the database, as a list or a count does, on a few platform threads of its own: a
/// virtual thread in a native call keeps its carrier. Only so many may wait, and each has [#TIME].
final class LongReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongReads.class);
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int THREADS = 2;
    private static final int WAITING = 256;

    private final Database database;
    private final ThreadPoolExecutor threads;
    private final LogPace pace = new LogPace();

    LongReads(Database database) {
        this(database, THREADS, WAITING);
    }

    LongReads(Database database, int running, int waiting) {
        this.database = database;
        this.threads = new ThreadPoolExecutor(
                running,
                running,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().daemon().name("store-read-", 0).factory());
    }

    /// Reads from the database as it is when the turn comes. What is read should be decoded by the caller.
    ///
    /// @throws StoreException.Unavailable at once if too many wait already; later if it takes too long
    <T> T read(Function<View, T> reader) {
        long deadline = System.nanoTime() + TIME.toNanos();
        return run(() -> {
            try (View view = database.view()) {
                return reader.apply(view.until(deadline));
            }
        });
    }

    /// @throws StoreException.Unavailable at once if too many wait already
    <T> T run(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, threads).join();
        } catch (RejectedExecutionException e) {
            throw refusal();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new IllegalStateException("a long read ended unexpectedly", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private StoreException refusal() {
        if (threads.isShutdown()) {
            return database.closed();
        }
        var refusal = new StoreException.Unavailable("Too many lists and counts wait for the store.");
        pace.log(heldBack ->
                LOG.atWarn().addKeyValue("refusedSince", heldBack).log(String.valueOf(refusal.getMessage())));
        return refusal;
    }
}
