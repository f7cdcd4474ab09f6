package dev.whirl.sandbox.kubernetes;

import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Reply.Died.Cause;
import dev.whirl.sandbox.http.ContainerLife;
import dev.whirl.sandbox.kubernetes.api.ClusterException;
import dev.whirl.sandbox.kubernetes.api.PodState;
import dev.whirl.sandbox.kubernetes.api.PodWatch;
import dev.whirl.sandbox.kubernetes.api.WatchedPod;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// What the watch tells of a pod, and the API server where that is not enough.
record PodLife(WatchedPod pod, PodWatch watch) implements ContainerLife {
    /// So long the cluster has to say why a container ended.
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Override
    public boolean hasEnded() {
        return pod.state().isOver();
    }

    /// As far as the watch knows, which hears of a pod's end before its node has removed it and its address is free.
    /// While
    /// a watch is silent without anybody knowing, at most until the next sweep, that is not so.
    @Override
    public boolean holds(InetSocketAddress address) {
        return pod.state() instanceof PodState.Running running
                && new InetSocketAddress(running.address(), address.getPort()).equals(address);
    }

    /// Where the cluster took it away, the init goes to another sandbox.
    @Override
    public Reply endedBeforeInit() {
        return switch (pod.state()) {
            case PodState.Leaving leaving -> new Reply.NotReached(leaving.reason());
            case PodState.Lost(var reason) -> new Reply.NotReached(reason);
            case PodState.Ended ended -> died(ended, "it ended before it took the code");
            case PodState.Pending _, PodState.Running _ -> new Reply.Died(Cause.EXITED, "it broke off before");
        };
    }

    /// It is the code's doing only if the cluster says so, or says now that the container runs on.
    @Override
    public Reply.Died endedUnderRequest(String detail) throws InterruptedException {
        PodState state = pod.await(PodState::isFinal, System.nanoTime() + END_NANOS);
        if (!state.isOver()) {
            try {
                watch.look(pod);
            } catch (ClusterException e) {
                return lost(detail, "the cluster does not say why: " + e.getMessage());
            }
            state = pod.state();
        }
        return switch (state) {
            case PodState.Ended ended -> died(ended, detail);
            case PodState.Lost(var reason) -> lost(detail, reason);
            case PodState.Leaving leaving -> lost(detail, leaving.reason());
            case PodState.Pending _, PodState.Running _ -> new Reply.Died(Cause.EXITED, detail);
        };
    }

    private static Reply.Died lost(String detail, String reason) {
        return new Reply.Died(Cause.LOST, "%s; %s".formatted(detail, reason));
    }

    /// What the kernel did to a part of a container a cluster does not tell.
    @Override
    public boolean isDamaged() {
        return false;
    }

    private static Reply.Died died(PodState.Ended ended, String detail) {
        return new Reply.Died(
                ended.ranOutOfMemory() ? Cause.OUT_OF_MEMORY : Cause.EXITED,
                "%s, exit status %d; %s".formatted(detail, ended.exitStatus(), ended.detail()));
    }
}
