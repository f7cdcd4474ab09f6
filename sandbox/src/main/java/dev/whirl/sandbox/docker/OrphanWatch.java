package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes containers of this server that it does not know: their creation was answered too late, or their removal
/// failed. Who is unknown in two looks is one; a container that is just being started is not known yet.
final class OrphanWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Engine engine;
    private final ContainerLabels labels;
    private final Supplier<Set<String>> known;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("container-orphans").factory());
    private Set<String> suspects = Set.of();

    OrphanWatch(Engine engine, ContainerLabels labels, Supplier<Set<String>> known) {
        this.engine = engine;
        this.labels = labels;
        this.known = known;
    }

    static OrphanWatch started(Engine engine, ContainerLabels labels, Supplier<Set<String>> known) {
        var watch = new OrphanWatch(engine, labels, known);
        var _ = watch.timer.scheduleWithFixedDelay(
                watch::lookQuietly, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
        return watch;
    }

    /// One look: removes those that were unknown in the last one too.
    ///
    /// @return how many were removed
    synchronized int look() throws IOException, InterruptedException {
        var unknown = new HashSet<>(engine.withLabel(ContainerLabels.INSTALLATION, labels.installation()));
        unknown.removeAll(known.get());
        int removed = 0;
        for (String each : unknown) {
            if (suspects.contains(each)) {
                engine.remove(each);
                removed++;
            }
        }
        suspects = Set.copyOf(unknown);
        return removed;
    }

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
            log.atWarn().setCause(e).log("Could not look for containers that nobody knows any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
