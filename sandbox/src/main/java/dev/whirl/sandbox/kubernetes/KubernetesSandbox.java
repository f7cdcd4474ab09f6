package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.http.ContainerCalls;
import dev.whirl.sandbox.http.ContainerSandbox;
import dev.whirl.sandbox.http.HttpRuntime;
import dev.whirl.sandbox.kubernetes.api.Attachment;
import dev.whirl.sandbox.kubernetes.api.Cluster;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodState;
import dev.whirl.sandbox.kubernetes.api.WatchedPod;
import dev.whirl.sandbox.kubernetes.manifest.PodImage;
import dev.whirl.sandbox.kubernetes.manifest.PodShares;
import dev.whirl.sandbox.output.ContainerOutput;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A sandbox that is a pod. What becomes of the pod the watch tells, at once: a request under way ends then, and a
/// further one goes elsewhere.
final class KubernetesSandbox extends ContainerSandbox {
    private static final long RESIZE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// Output that has stopped coming may have another reason than its connection.
    private static final long RENEWED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Parts parts;
    private final WatchedPod pod;
    private final AtomicLong renewedNanos = new AtomicLong(System.nanoTime() - RENEWED_EVERY_NANOS);

    /// What it is made of.
    ///
    /// @param canResize whether the cluster can
    record Parts(
            WatchedPod pod,
            PodImage image,
            ContainerCalls calls,
            ContainerOutput output,
            Attachment attachment,
            Cluster cluster,
            PodRemoval removal,
            PodShares shares,
            boolean canResize,
            Consumer<ContainerSandbox> whenClosed) {}

    KubernetesSandbox(SandboxSpec spec, Parts parts) {
        super(spec, runtime(parts), parts.whenClosed());
        this.parts = parts;
        pod = parts.pod();
        pod.listen(this::changed);
    }

    private static HttpRuntime runtime(Parts parts) {
        return new HttpRuntime(
                parts.calls(),
                parts.output(),
                parts.image().traits(),
                parts.image().isOwn(),
                new PodLife(parts.pod(), parts.removal().watch()));
    }

    @Override
    public String id() {
        return pod.name();
    }

    @Override
    public boolean canResize() {
        return parts.canResize();
    }

    @Override
    protected void limitMemory(ByteSize memory) throws ClusterException, InterruptedException {
        parts.cluster().resize(pod.name(), parts.shares().resized(memory));
        PodState state = pod.await(
                each -> each.isOver() || isRefused(each) || has(each, memory), System.nanoTime() + RESIZE_NANOS);
        if (!has(state, memory)) {
            throw new ClusterException("it is not in effect: " + state);
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
    public CollectedLogs collectLogs(ActivationId activation) {
        CollectedLogs logs = super.collectLogs(activation);
        if (!logs.isComplete() && parts.image().isOwn() && !runtime().isBroken()) {
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
        return runtime().isBroken() ? Condition.DEAD : Condition.CLEAN;
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
    protected void remove() {
        parts.attachment().close();
        parts.removal().remove(pod.name());
    }

    /// A container that ended has closed its connections itself, maybe after its last answer; what a lost one had open
    /// stays open for ever.
    private void changed(PodState state) {
        switch (state) {
            case PodState.Pending _, PodState.Running _ -> {}
            case PodState.Leaving _, PodState.Ended _ -> runtime().broke();
            case PodState.Lost _ -> runtime().gone();
        }
    }
}
