package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks each minute at all pods of this invoker: removes those that nobody has, and tells of those that are not there
/// any more, should the watch have been silent. Who is unknown in two looks is removed.
final class PodSweep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PodSweep.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Map<String, String> labels;
    private final PodWatch watch;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("pod-sweep").factory());
    private Set<String> suspects = Set.of();

    /// @param labels of all pods of this invoker
    PodSweep(Cluster cluster, Map<String, String> labels, PodWatch watch) {
        this.cluster = cluster;
        this.labels = Map.copyOf(labels);
        this.watch = watch;
    }

    static PodSweep started(Cluster cluster, Map<String, String> labels, PodWatch watch) {
        var sweep = new PodSweep(cluster, labels, watch);
        var _ = sweep.timer.scheduleWithFixedDelay(
                sweep::lookQuietly, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
        return sweep;
    }

    /// Removes what an earlier life of this invoker left.
    ///
    /// @return how many pods
    static int removeAll(Cluster cluster, Map<String, String> labels) throws ClusterException, InterruptedException {
        List<Pod> left = cluster.list(labels);
        for (Pod each : left) {
            cluster.delete(name(each), PATIENCE);
        }
        return left.size();
    }

    /// One look.
    ///
    /// @return how many pods were removed
    synchronized int look() throws ClusterException, InterruptedException {
        Set<String> seen = watch.seen();
        List<Pod> present = cluster.list(labels);
        watch.compare(seen, present);
        var unknown = new HashSet<String>();
        present.forEach(each -> unknown.add(name(each)));
        unknown.removeAll(watch.expected());
        int removed = 0;
        for (String each : unknown) {
            if (suspects.contains(each)) {
                cluster.delete(each, PATIENCE);
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
                log.atWarn().addKeyValue("pods", removed).log("Removed pods that nobody knew any more");
            }
        } catch (IOException | RuntimeException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("Could not look for pods that nobody knows any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }
}
