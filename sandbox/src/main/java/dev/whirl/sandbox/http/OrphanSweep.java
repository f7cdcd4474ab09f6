package dev.whirl.sandbox.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks each minute for containers that nobody has, and removes those that it finds in two looks
/// in a row: one that is just being started is not known yet. After a look that failed it begins
/// anew.
///
/// @param <T> what says of a container who it is, and whatever else must be the same in both looks
public final class OrphanSweep<T> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Backend<T> backend;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("container-sweep").factory());
    private Set<T> suspects = Set.of();

    /// Where containers are run.
    public interface Backend<T> {
        /// Those that are there and that nobody seems to have.
        Set<T> unknown() throws IOException, InterruptedException;

        /// That it is not there any more is as good.
        void remove(T container) throws IOException, InterruptedException;
    }

    /// @param backend is asked on this object's thread, and on that of [#look]'s caller
    public OrphanSweep(Backend<T> backend) {
        this.backend = backend;
    }

    /// Looks once before it returns, and from then on each minute until it is closed.
    ///
    /// @throws IOException if the first look fails
    public static <T> OrphanSweep<T> started(Backend<T> backend) throws IOException, InterruptedException {
        var sweep = new OrphanSweep<>(backend);
        boolean hasStarted = false;
        try {
            sweep.look();
            var _ = sweep.timer.scheduleWithFixedDelay(
                    sweep::lookQuietly, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            hasStarted = true;
            return sweep;
        } finally {
            if (!hasStarted) {
                sweep.close();
            }
        }
    }

    /// One look. What can't be removed keeps nobody from removing the others, and is tried again in
    /// the next one.
    ///
    /// @return how many containers were removed
    /// @throws IOException if it could not be seen what is there, or not all could be removed
    public synchronized int look() throws IOException, InterruptedException {
        Set<T> before = suspects;
        suspects = Set.of();
        Set<T> unknown = Set.copyOf(backend.unknown());
        suspects = unknown;
        int removed = 0;
        var failures = new ArrayList<IOException>();
        for (T each : unknown) {
            if (before.contains(each)) {
                try {
                    backend.remove(each);
                    removed++;
                } catch (IOException e) {
                    failures.add(e);
                }
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException(
                    "%d of them could not be removed, the first because: %s"
                            .formatted(failures.size(), failures.getFirst().getMessage()),
                    failures.getFirst());
        }
        return removed;
    }

    /// A look that is under way is interrupted.
    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void lookQuietly() {
        try {
            int removed = look();
            if (removed > 0) {
                log.atWarn().addKeyValue("containers", removed).log("Removed containers that nobody knew any more");
            }
        } catch (IOException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("Could not look for containers that nobody knows any more, or not remove them all");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
