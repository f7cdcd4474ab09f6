package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.time.Deadlines;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerSandbox;
import dev.whirl.sandbox.http.HttpRuntime;
import dev.whirl.sandbox.kubernetes.api.Attachment;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodState;
import dev.whirl.sandbox.kubernetes.api.PodState.Hindrance;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import dev.whirl.sandbox.kubernetes.api.WatchedPod;
import dev.whirl.sandbox.kubernetes.manifest.Names;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import dev.whirl.sandbox.kubernetes.manifest.PodOrder;
import dev.whirl.sandbox.output.ContainerOutput;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts pods, step by step; removed if a step fails.
final class PodStarter {
    private static final Logger log = LoggerFactory.getLogger(PodStarter.class);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// A pod that takes longer is asked about at the API server, each time so long after.
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// An image of a user that takes longer gets its init all the same, and the init's time (row K-14).
    private static final long USERS_IMAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Site site;
    private final String token;
    private final StartFailures failures;
    private final AtomicLong lastNumber = new AtomicLong();

    /// Where pods are started, and how.
    ///
    /// @param invoker for the pods' names
    /// @param canResize whether the cluster can
    record Site(
            Cluster cluster,
            PodWatch watch,
            PodRemoval removal,
            PodManifest manifest,
            PodImages images,
            Deadlines deadlines,
            String invoker,
            boolean canResize,
            Duration startTimeout) {}

    /// @param token tells the names of this life of the invoker from those of earlier ones
    PodStarter(Site site, String token) {
        this.site = site;
        this.token = token;
        failures = new StartFailures(site.cluster(), site.startTimeout());
    }

    /// @param whenClosed told once nobody wants it any more
    KubernetesSandbox start(SandboxSpec spec, Consumer<ContainerSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        String name = Names.ofPod(site.invoker(), token, lastNumber.incrementAndGet(), spec.label());
        var order = new PodOrder(name, spec, site.images().choose(spec));
        WatchedPod pod = site.watch().expect(name);
        boolean hasStarted = false;
        try {
            KubernetesSandbox sandbox = started(order, pod, whenClosed);
            hasStarted = true;
            return sandbox;
        } finally {
            if (!hasStarted) { // whatever the reason, want of a thread among them
                site.removal().remove(name);
            }
        }
    }

    private KubernetesSandbox started(PodOrder order, WatchedPod pod, Consumer<ContainerSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        long deadline = System.nanoTime() + site.startTimeout().toNanos();
        try {
            site.cluster().create(site.manifest().of(order), site.startTimeout());
        } catch (ClusterException e) {
            throw new SandboxException(
                    "a pod of %s for %s could not be made: %s"
                            .formatted(order.image().name(), order.spec().runtime(), e.getMessage()),
                    e);
        }
        PodState state = awaitDecided(pod, deadline);
        if (state instanceof PodState.Running running) {
            return connected(order, pod, running, deadline, whenClosed);
        }
        throw failures.of(order, state);
    }

    /// The watch tells at once how it goes; now and then it is not relied on.
    private PodState awaitDecided(WatchedPod pod, long deadline) throws InterruptedException {
        PodState state = pod.await(PodStarter::isDecided, nextLook(deadline));
        while (!isDecided(state) && System.nanoTime() - deadline < 0) {
            try {
                site.watch().look(pod);
            } catch (ClusterException e) {
                log.atDebug().addKeyValue("pod", pod.name()).setCause(e).log("Could not look at a pod that starts");
            }
            state = pod.await(PodStarter::isDecided, nextLook(deadline));
        }
        return state;
    }

    private static long nextLook(long deadline) {
        long next = System.nanoTime() + LOOK_NANOS;
        return next - deadline < 0 ? next : deadline;
    }

    /// What does not get better by waiting. Room on a node may come: somebody's cluster grows with
    /// demand.
    private static boolean isDecided(PodState state) {
        return switch (state) {
            case PodState.Pending pending ->
                pending.hindrance() != Hindrance.NONE && pending.hindrance() != Hindrance.UNSCHEDULABLE;
            case PodState.Running _, PodState.Ended _, PodState.Leaving _, PodState.Lost _ -> true;
        };
    }

    private KubernetesSandbox connected(
            PodOrder order,
            WatchedPod pod,
            PodState.Running running,
            long deadline,
            Consumer<ContainerSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        var address = new InetSocketAddress(running.address(), HttpRuntime.PORT);
        var life = new PodLife(pod, site.watch());
        var calls = new ContainerCalls(address, life, CONNECT_PATIENCE, site.deadlines());
        var output = new ContainerOutput();
        Attachment attachment = site.cluster().attach(pod, output);
        boolean isConnected = false;
        try {
            awaitListening(order, pod, calls, deadline);
            attachment.awaitTried(deadline);
            var sandbox = new KubernetesSandbox(
                    order.spec(),
                    new KubernetesSandbox.Parts(
                            pod,
                            order.image(),
                            calls,
                            output,
                            attachment,
                            site.cluster(),
                            site.removal(),
                            site.manifest().shares(),
                            site.canResize(),
                            whenClosed));
            isConnected = true;
            return sandbox;
        } finally {
            if (!isConnected) {
                calls.close();
                attachment.close();
            }
        }
    }

    private void awaitListening(PodOrder order, WatchedPod pod, ContainerCalls calls, long deadline)
            throws SandboxException, InterruptedException {
        boolean isOwn = order.image().isOwn();
        long enough = isOwn ? deadline : System.nanoTime() + USERS_IMAGE_NANOS;
        long pause = FIRST_PAUSE_NANOS;
        while (!calls.isListening(deadline)) {
            PodState state = pod.await(PodState::isOver, System.nanoTime() + pause);
            if (state.isOver()) {
                throw failures.of(order, state);
            }
            if (System.nanoTime() - enough >= 0) {
                if (isOwn) {
                    throw failures.of(order, state);
                }
                return;
            }
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }
}
