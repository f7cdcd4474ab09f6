package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.Leases;
import dev.whirl.sandbox.kubernetes.manifest.Names;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the cluster that this process lives, so that nobody takes its pods for leftovers: a
/// lease of its own, which is renewed every ten seconds.
final class InvokerLease implements AutoCloseable {
    /// Far below a minute: whoever looks twice in a minute sees it renewed in between.
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final int SECONDS = 60;
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);
    private static final Logger log = LoggerFactory.getLogger(InvokerLease.class);

    private final Leases leases;
    private final Lease lease;
    private final AtomicLong misses = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("invoker-lease").factory());

    private InvokerLease(Leases leases, Lease lease) {
        this.leases = leases;
        this.lease = lease;
    }

    /// Makes it. Nothing of this process may be in the cluster before.
    ///
    /// @param owner with it the cluster removes the lease, too
    static InvokerLease take(Leases leases, PodLabels labels, Optional<PodManifest.Owner> owner)
            throws ClusterException, InterruptedException {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(Names.dnsLabel("whirl-" + labels.life()))
                .withLabels(labels.ofLease())
                .withOwnerReferences(
                        owner.map(PodManifest.Owner::reference).stream().toList())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(labels.invoker())
                .withLeaseDurationSeconds(SECONDS)
                .endSpec()
                .build();
        var taken = new InvokerLease(leases, lease);
        taken.create();
        var _ = taken.timer.scheduleWithFixedDelay(
                taken::renewQuietly, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return taken;
    }

    /// How often it could not be renewed. While the API server is out of order, nobody's lease is.
    long misses() {
        return misses.get();
    }

    /// Removes it.
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            leases.delete(name(), LAST_PATIENCE);
        } catch (ClusterException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("The lease stays; it is removed with what is left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create() throws ClusterException, InterruptedException {
        var now = Instant.now().atZone(ZoneOffset.UTC);
        leases.create(new LeaseBuilder(lease)
                .editSpec()
                .withAcquireTime(now)
                .withRenewTime(now)
                .endSpec()
                .build());
    }

    private void renewQuietly() {
        try {
            renew();
        } catch (ClusterException | RuntimeException e) {
            misses.incrementAndGet();
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Could not renew this invoker's lease");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() throws ClusterException, InterruptedException {
        try {
            leases.renew(name(), Instant.now());
        } catch (ClusterException e) {
            if (!e.isMissing()) {
                throw e;
            }
            create(); // somebody removed it
        }
    }

    private String name() {
        return lease.getMetadata().getName();
    }
}
