package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.http.OrphanSweep;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is in the cluster of this invoker's name and that nobody has: pods of this process that it
/// does not know, and what an earlier process of the name left. Another one may be alive: it is
/// being replaced, or belongs to another installation that is called the same. Then its lease is
/// renewed between two looks.
record UnknownPods(Cluster cluster, PodLabels labels, PodWatch watch, InvokerLease lease)
        implements OrphanSweep.Backend<UnknownPods.Unknown> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Something that is to be removed if it is the same in the next look.
    sealed interface Unknown {
        /// A pod of this process.
        record Own(String pod) implements Unknown {}

        /// A pod of another one.
        record Anothers(String pod, Sign sign) implements Unknown {}

        /// The lease of another one that has no pods.
        record Ended(String lease, Sign sign) implements Unknown {}
    }

    /// What another process says of itself. If it is the same a minute later, that one is gone.
    ///
    /// @param renewed when its lease was, as it says itself; empty if it has none
    /// @param misses how often this process could not renew its own: then others could not either,
    ///     and it proves nothing
    record Sign(String renewed, long misses) {}

    @Override
    public Set<Unknown> unknown() throws ClusterException, InterruptedException {
        var unknown = new HashSet<Unknown>();
        watch.look().forEach(each -> unknown.add(new Unknown.Own(each)));
        addAnothers(unknown);
        return unknown;
    }

    @Override
    public void remove(Unknown unknown) throws ClusterException, InterruptedException {
        switch (unknown) {
            case Unknown.Own own -> cluster.delete(own.pod(), PATIENCE);
            case Unknown.Anothers anothers -> cluster.delete(anothers.pod(), PATIENCE);
            case Unknown.Ended ended -> cluster.leases().delete(ended.lease(), PATIENCE);
        }
    }

    private void addAnothers(Set<Unknown> unknown) throws ClusterException, InterruptedException {
        List<Pod> pods = cluster.list(labels.ofInvoker(), PATIENCE);
        Map<String, Lease> leases = new HashMap<>(); // asked for after the pods: a lease is there before its pods
        cluster.leases().list(labels.ofLeases()).forEach(each -> leases.put(life(each), each));
        var withoutPods = new HashMap<>(leases);
        for (Pod each : pods) {
            withoutPods.remove(life(each));
            if (!life(each).equals(labels.life())) {
                unknown.add(new Unknown.Anothers(name(each), sign(leases, life(each))));
            }
        }
        withoutPods.remove(labels.life());
        withoutPods.forEach((life, each) -> unknown.add(new Unknown.Ended(name(each), sign(leases, life))));
    }

    private Sign sign(Map<String, Lease> leases, String life) {
        Lease found = leases.get(life);
        String renewed = found == null || found.getSpec() == null
                ? ""
                : String.valueOf(found.getSpec().getRenewTime());
        return new Sign(renewed, lease.misses());
    }

    private static String life(HasMetadata thing) {
        return PodLabels.lifeOf(thing.getMetadata().getLabels());
    }

    private static String name(HasMetadata thing) {
        return thing.getMetadata().getName();
    }
}
