package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.Deadlines;
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

/// Starts pods, step by step; removed if a step fails.
final class PodStarter {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// An image of a user that takes longer gets its init all the same, and the init's time (row K-14).
    private static final long USERS_IMAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Site site;
    private final String token;
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
    }

    /// @param whenClosed told once nobody wants it any more
    KubernetesSandbox start(SandboxSpec spec, Consumer<KubernetesSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        PodImages.Chosen image = site.images().choose(spec);
        String name = Names.ofPod(site.invoker(), token, lastNumber.incrementAndGet(), spec.label());
        var order = new PodOrder(
                name,
                spec,
                image.name(),
                !image.isOwn() && image.isFloating(),
                image.traits().bearsReadOnlyRoot());
        WatchedPod pod = site.watch().expect(name);
        boolean hasStarted = false;
        try {
            KubernetesSandbox sandbox = started(order, image, pod, whenClosed);
            hasStarted = true;
            return sandbox;
        } finally {
            if (!hasStarted) { // whatever the reason, want of a thread among them
                site.removal().remove(name);
            }
        }
    }

    private KubernetesSandbox started(
            PodOrder order, PodImages.Chosen image, WatchedPod pod, Consumer<KubernetesSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        long deadline = System.nanoTime() + site.startTimeout().toNanos();
        try {
            site.cluster().create(site.manifest().of(order), site.startTimeout());
        } catch (ClusterException e) {
            throw new SandboxException(
                    "a pod of %s for %s could not be made: %s"
                            .formatted(image.name(), order.spec().runtime(), e.getMessage()),
                    e);
        }
        PodState state =
                pod.await(each -> each.isOver() || each instanceof PodState.Running || isStuck(each), deadline);
        if (state instanceof PodState.Running running) {
            return connected(order, image, pod, running, deadline, whenClosed);
        }
        throw failure(order, image, state);
    }

    /// What does not get better by waiting. Room on a node may come: somebody's cluster grows with demand.
    private static boolean isStuck(PodState state) {
        return state instanceof PodState.Pending pending && isStuck(pending.hindrance());
    }

    private static boolean isStuck(Hindrance hindrance) {
        return switch (hindrance) {
            case NONE, UNSCHEDULABLE -> false;
            case IMAGE, PROGRAM, CONFIGURATION -> true;
        };
    }

    private KubernetesSandbox connected(
            PodOrder order,
            PodImages.Chosen image,
            WatchedPod pod,
            PodState.Running running,
            long deadline,
            Consumer<KubernetesSandbox> whenClosed)
            throws SandboxException, InterruptedException {
        var address = new InetSocketAddress(running.address(), HttpRuntime.PORT);
        var calls = new ContainerCalls(address, CONNECT_PATIENCE, site.deadlines());
        var output = new ContainerOutput();
        Attachment attachment = site.cluster().attach(pod, output);
        boolean isConnected = false;
        try {
            awaitListening(order, image, pod, calls, deadline);
            attachment.awaitTried(deadline);
            var sandbox = new KubernetesSandbox(
                    order.spec(),
                    new KubernetesSandbox.Parts(
                            pod,
                            image,
                            calls,
                            output,
                            attachment,
                            site.cluster(),
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

    private void awaitListening(
            PodOrder order, PodImages.Chosen image, WatchedPod pod, ContainerCalls calls, long deadline)
            throws SandboxException, InterruptedException {
        long enough = image.isOwn() ? deadline : System.nanoTime() + USERS_IMAGE_NANOS;
        long pause = FIRST_PAUSE_NANOS;
        while (!calls.isListening(deadline)) {
            PodState state = pod.await(PodState::isOver, System.nanoTime() + pause);
            if (state.isOver()) {
                throw failure(order, image, state);
            }
            if (System.nanoTime() - enough >= 0) {
                if (image.isOwn()) {
                    throw failure(order, image, state);
                }
                return;
            }
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }

    /// A user's image that can't be had or started is the user's affair (row K-25), and so is one that ends.
    private SandboxException failure(PodOrder order, PodImages.Chosen image, PodState state)
            throws InterruptedException {
        String message = message(order, image, state);
        if (image.isOwn()) {
            return new SandboxException(message);
        }
        return switch (state) {
            case PodState.Pending pending -> hindered(pending, image.name(), message);
            case PodState.Ended _ ->
                SandboxException.ofImage(
                        "The container of image '%s' ended before it took the code.".formatted(image.name()), message);
            case PodState.Running _, PodState.Leaving _, PodState.Lost _ -> new SandboxException(message);
        };
    }

    private static SandboxException hindered(PodState.Pending pending, String image, String message) {
        return switch (pending.hindrance()) {
            case IMAGE -> PodImages.unpulled(image, pending.detail());
            case PROGRAM -> SandboxException.ofImage("executable file not found in image %s".formatted(image), message);
            case CONFIGURATION ->
                pending.detail().contains("root")
                        ? SandboxException.ofImage("The image '%s' must not run as root.".formatted(image), message)
                        : new SandboxException(message);
            case NONE, UNSCHEDULABLE -> new SandboxException(message);
        };
    }

    private String message(PodOrder order, PodImages.Chosen image, PodState state) throws InterruptedException {
        String reason = switch (state) {
            case PodState.Pending pending ->
                pending.detail().isEmpty() ? "it did not start within " + site.startTimeout() : pending.detail();
            case PodState.Running _ -> "nothing listens on port 8080 after " + site.startTimeout();
            case PodState.Ended ended -> "it ended, exit status %d; %s".formatted(ended.exitStatus(), ended.detail());
            case PodState.Leaving(var why) -> why;
            case PodState.Lost(var why) -> why;
        };
        boolean mayHaveSaid = state instanceof PodState.Ended || state instanceof PodState.Running;
        String said = mayHaveSaid ? site.cluster().lastWords(order.name()) : "";
        return "a pod of %s for %s could not be started: %s%s"
                .formatted(image.name(), order.spec().runtime(), reason, said.isEmpty() ? "" : "; it printed: " + said);
    }
}
