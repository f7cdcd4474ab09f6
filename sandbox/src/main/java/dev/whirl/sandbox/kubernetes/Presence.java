package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import dev.whirl.sandbox.kubernetes.manifest.NetworkRules;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process in the cluster, before and after all of its pods: its lease, the network policy,
/// the watch.
///
/// @param canResize whether the cluster can
record Presence(
        Cluster cluster, PodLabels labels, InvokerLease lease, PodWatch watch, boolean canResize, String version)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    /// @throws ClusterException with one sentence that says what to do, if that can't be done here
    static Presence open(KubernetesSandboxConfig config, PodLabels labels)
            throws ClusterException, InterruptedException {
        Cluster cluster = Cluster.connect(config.cluster());
        InvokerLease lease = null;
        boolean isOpen = false;
        try {
            String version = cluster.version().text();
            checkOwner(cluster, config.owner());
            protect(cluster, config, labels);
            lease = InvokerLease.take(cluster.leases(), labels, config.owner());
            var presence =
                    new Presence(cluster, labels, lease, cluster.watch(labels.ofLife()), cluster.canResize(), version);
            isOpen = true;
            return presence;
        } finally {
            if (!isOpen) {
                if (lease != null) {
                    lease.close();
                }
                cluster.close();
            }
        }
    }

    /// A pod that names an owner that is not there the cluster removes at once.
    private static void checkOwner(Cluster cluster, Optional<PodManifest.Owner> owner)
            throws ClusterException, InterruptedException {
        if (owner.isPresent()) {
            Optional<Pod> pod = cluster.find(owner.get().name());
            if (pod.filter(each -> owner.get().uid().equals(each.getMetadata().getUid()))
                    .isEmpty()) {
                throw new ClusterException(
                        "sandbox.kubernetes.pod-name: there is no pod %s with the uid %s in the namespace %s; pods of functions belong to their invoker in its own namespace only"
                                .formatted(owner.get().name(), owner.get().uid(), cluster.namespace()));
            }
        }
    }

    private static void protect(Cluster cluster, KubernetesSandboxConfig config, PodLabels labels)
            throws ClusterException, InterruptedException {
        Optional<NetworkRules> rules = config.network().rules();
        if (rules.isEmpty()) {
            log.atWarn()
                    .log(
                            "sandbox.kubernetes.network-policy=none: who reaches the pods of functions is somebody else's affair");
            return;
        }
        if (labels.mayBeOfFunctions(rules.get().invokers(), config.template().labels())) {
            throw new ClusterException(
                    "sandbox.kubernetes.invoker-labels: pods of functions have these labels too, and could call each other");
        }
        cluster.policies().ensure(rules.get().policy(labels));
    }

    /// Removes the pods that are left, such as one whose creation was answered too late, and gives
    /// the lease up.
    @Override
    public void close() {
        try {
            long deadline = System.nanoTime() + LAST_PATIENCE.toNanos();
            for (Pod each : cluster.list(labels.ofLife(), LAST_PATIENCE)) {
                cluster.delete(each.getMetadata().getName(), Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (ClusterException e) {
            log.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("Pods may be left; the next invoker of this name removes them");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lease.close();
        watch.close();
        cluster.close();
    }
}
