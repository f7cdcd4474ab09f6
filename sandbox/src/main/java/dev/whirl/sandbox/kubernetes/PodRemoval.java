package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes pods: that is tried for some seconds, then for some minutes in the background, then by the sweep.
///
/// @param watch forgets a pod when nobody tries any more
record PodRemoval(Cluster cluster, PodWatch watch) {
    private static final Logger log = LoggerFactory.getLogger(PodRemoval.class);
    private static final Duration SHORTLY = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(3);

    /// What was made is removed, whoever gives up.
    void remove(String pod) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            cluster.delete(pod, SHORTLY);
            watch.forget(pod);
        } catch (ClusterException e) {
            Thread.ofVirtual().name("pod-removal-" + pod).start(() -> removeLater(pod));
        } catch (InterruptedException e) {
            wasInterrupted = true;
            Thread.ofVirtual().name("pod-removal-" + pod).start(() -> removeLater(pod));
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void removeLater(String pod) {
        try {
            cluster.delete(pod, LONG);
        } catch (ClusterException e) {
            log.atError()
                    .addKeyValue("pod", pod)
                    .addKeyValue("reason", e.getMessage())
                    .log("A pod could not be removed; it is tried again later");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.forget(pod);
        }
    }
}
