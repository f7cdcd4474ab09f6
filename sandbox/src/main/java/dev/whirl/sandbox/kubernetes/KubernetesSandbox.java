package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerLife;
import dev.whirl.sandbox.http.HttpRuntime;
import dev.whirl.sandbox.kubernetes.api.Attachment;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodState;
import dev.whirl.sandbox.kubernetes.api.WatchedPod;
import dev.whirl.sandbox.kubernetes.manifest.PodShares;
import dev.whirl.sandbox.output.ContainerOutput;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A sandbox that is a pod. What becomes of the pod the watch tells, at once: a request under way ends then, and a
/// further one goes elsewhere.
final class KubernetesSandbox implements Sandbox {
    private static final long RESIZE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// So long the cluster has to say why a container ended.
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// Output that has stopped coming may have another reason than its connection.
    private static final long RENEWED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Parts parts;
    private final WatchedPod pod;
    private final HttpRuntime runtime;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicLong renewedNanos = new AtomicLong(System.nanoTime() - RENEWED_EVERY_NANOS);

    private volatile SandboxSpec spec;

    /// What it is made of.
    ///
    /// @param canResize whether the cluster can
    record Parts(
            WatchedPod pod,
            PodImages.Chosen image,
            ContainerCalls calls,
            ContainerOutput output,
            Attachment attachment,
            Cluster cluster,
            PodShares shares,
            boolean canResize,
            Consumer<KubernetesSandbox> whenClosed) {}

    KubernetesSandbox(SandboxSpec spec, Parts parts) {
        this.spec = spec;
        this.parts = parts;
        pod = parts.pod();
        runtime = new HttpRuntime(
                parts.calls(),
                parts.output(),
                parts.image().traits(),
                parts.image().isOwn(),
                new Life());
        pod.listen(this::changed);
    }

    @Override
    public String id() {
        return pod.name();
    }

    @Override
    public SandboxSpec spec() {
        return spec;
    }

    @Override
    public boolean runsConcurrently() {
        return runtime.runsConcurrently();
    }

    @Override
    public boolean canResize() {
        return parts.canResize();
    }

    @Override
    public void resize(ByteSize memory) throws SandboxException {
        try {
            parts.cluster().resize(pod.name(), parts.shares().resized(memory));
            await(memory);
            spec = new SandboxSpec(spec.runtime(), spec.image(), memory, spec.label());
        } catch (ClusterException e) {
            throw new SandboxException("%s could not get %s: %s".formatted(id(), memory, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("%s could not get %s: interrupted".formatted(id(), memory), e);
        }
    }

    private void await(ByteSize memory) throws SandboxException, InterruptedException {
        PodState state = pod.await(
                each -> each.isOver() || isRefused(each) || has(each, memory), System.nanoTime() + RESIZE_NANOS);
        if (!has(state, memory)) {
            throw new SandboxException("%s did not get %s: %s".formatted(id(), memory, state));
        }
    }

    private static boolean has(PodState state, ByteSize memory) {
        return state instanceof PodState.Running running
                && running.memory().filter(memory::equals).isPresent();
    }

    private static boolean isRefused(PodState state) {
        return state instanceof PodState.Running running && !running.refusal().isEmpty();
    }

    @Override
    public Reply init(InitRequest request, Duration timeout) throws InterruptedException {
        return runtime.init(request, timeout);
    }

    @Override
    public Reply run(RunRequest request, Duration timeout) throws InterruptedException {
        return runtime.run(request, timeout);
    }

    @Override
    public CollectedLogs collectLogs(ActivationId activation) {
        CollectedLogs logs = runtime.collectLogs(activation);
        if (!logs.isComplete() && parts.image().isOwn() && !runtime.isBroken()) {
            renewOutput();
        }
        return logs;
    }

    private void renewOutput() {
        long now = System.nanoTime();
        long last = renewedNanos.get();
        if (now - last >= RENEWED_EVERY_NANOS && renewedNanos.compareAndSet(last, now)) {
            parts.attachment().renew();
        }
    }

    /// Processes that outlive their run can't be seen from here, as in OpenWhisk.
    @Override
    public Condition inspect() {
        return runtime.isBroken() ? Condition.DEAD : Condition.CLEAN;
    }

    /// Clusters can't (row I-25).
    @Override
    public boolean canPause() {
        return false;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            runtime.close();
            parts.attachment().close();
            parts.whenClosed().accept(this);
        }
    }

    /// A container that ended has closed its connections itself, maybe after its last answer; what a lost one had open
    /// stays open for ever.
    private void changed(PodState state) {
        switch (state) {
            case PodState.Pending _, PodState.Running _ -> {}
            case PodState.Leaving _, PodState.Ended _ -> runtime.broke();
            case PodState.Lost _ -> runtime.gone();
        }
    }

    /// What the watch tells of the pod.
    private final class Life implements ContainerLife {
        @Override
        public boolean hasEnded() {
            return pod.state().isOver();
        }

        /// Where the cluster took it away, the init goes to another sandbox.
        @Override
        public Reply endedBeforeInit() {
            return switch (pod.state()) {
                case PodState.Leaving(var reason) -> new Reply.NotReached(reason);
                case PodState.Lost(var reason) -> new Reply.NotReached(reason);
                case PodState.Ended ended -> died(ended, "it ended before it took the code");
                case PodState.Pending _, PodState.Running _ -> new Reply.Died(Cause.EXITED, "the sandbox was closed");
            };
        }

        @Override
        public Reply.Died endedUnderRequest(String detail) throws InterruptedException {
            PodState state = pod.await(PodState::isFinal, System.nanoTime() + END_NANOS);
            return switch (state) {
                case PodState.Ended ended -> died(ended, detail);
                case PodState.Lost(var reason) -> new Reply.Died(Cause.LOST, "%s; %s".formatted(detail, reason));
                case PodState.Leaving(var reason) -> new Reply.Died(Cause.LOST, "%s; %s".formatted(detail, reason));
                case PodState.Pending _, PodState.Running _ -> new Reply.Died(Cause.EXITED, detail);
            };
        }

        private static Reply.Died died(PodState.Ended ended, String detail) {
            return new Reply.Died(
                    ended.ranOutOfMemory() ? Cause.OUT_OF_MEMORY : Cause.EXITED,
                    "%s, exit status %d; %s".formatted(detail, ended.exitStatus(), ended.detail()));
        }

        /// What the kernel did to a part of a container a cluster does not tell.
        @Override
        public boolean isDamaged() {
            return false;
        }
    }
}
