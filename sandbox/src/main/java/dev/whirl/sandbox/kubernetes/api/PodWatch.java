package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Follows all pods of an invoker by one watch. Whoever looks at a pod, or at all of them, finds
/// out whether the watch has gone silent; then it is made anew.
public final class PodWatch implements AutoCloseable {
    private static final PodState.Lost GONE = new PodState.Lost("the pod was deleted");

    /// What a look has found the watch tells within this time, or it is silent.
    private static final Duration DELAY = Duration.ofSeconds(2);

    /// A node that has not ended a container so long after the time that the container had does not
    /// answer.
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    private final Map<String, WatchedPod> pods = new ConcurrentHashMap<>();
    private final Pods asked;
    private final CurrentWatch watch;
    private volatile Optional<PodState.Lost> end = Optional.empty();

    /// What the API server says of pods when it is asked.
    interface Pods {
        Optional<Pod> find(String name) throws ClusterException, InterruptedException;

        List<Pod> list() throws ClusterException, InterruptedException;
    }

    /// @param asked about the same pods as the watch shows
    PodWatch(Informers informers, Pods asked) {
        this.asked = asked;
        watch = new CurrentWatch(informers, new Handler());
    }

    void start() throws ClusterException, InterruptedException {
        watch.start();
    }

    /// Begins to follow a pod that is going to be made.
    public WatchedPod expect(String name) {
        WatchedPod pod = pods.computeIfAbsent(name, WatchedPod::new);
        end.ifPresent(pod::changed);
        return pod;
    }

    /// Nobody asks about it any more.
    public void forget(String name) {
        pods.remove(name);
    }

    /// From now on all pods count as lost: who waits for one waits no longer.
    public void abandon(String reason) {
        var lost = new PodState.Lost(reason);
        end = Optional.of(lost);
        pods.values().forEach(each -> each.changed(lost));
    }

    /// Looks at one pod.
    public void look(WatchedPod pod) throws ClusterException, InterruptedException {
        Known known = Known.of(pod);
        Optional<PodState> found = asked.find(pod.name()).map(PodState::of);
        if (isMissed(known, known.now(found), System.nanoTime() + DELAY.toNanos())) {
            watch.renew();
        }
    }

    /// Looks at all pods.
    ///
    /// @return the names of those that are there and that nobody expects
    public Set<String> look() throws ClusterException, InterruptedException {
        List<Known> known = pods.values().stream().map(Known::of).toList();
        Map<String, PodState> present = states(asked.list());
        long deadline = System.nanoTime() + DELAY.toNanos();
        boolean isSilent = false;
        for (Known each : known) {
            Optional<PodState> found =
                    Optional.ofNullable(present.get(each.pod().name()));
            isSilent |= isMissed(each, each.now(found), deadline);
        }
        if (isSilent) {
            watch.renew();
        }
        var unknown = new HashSet<>(present.keySet());
        unknown.removeAll(pods.keySet());
        return unknown;
    }

    @Override
    public void close() {
        watch.close();
    }

    static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static Map<String, PodState> states(Collection<Pod> pods) {
        return pods.stream().collect(Collectors.toMap(PodWatch::name, PodState::of, (a, _) -> a));
    }

    /// What was known of a pod before the API server was asked.
    private record Known(WatchedPod pod, PodState state, boolean wasSeen) {
        static Known of(WatchedPod pod) {
            return new Known(pod, pod.state(), pod.wasSeen());
        }

        /// How the pod stands by what the API server said. One that was never seen may not be made
        /// yet.
        PodState now(Optional<PodState> found) {
            return found.orElse(wasSeen ? GONE : state);
        }
    }

    /// Takes what the watch does not tell by itself.
    private boolean isMissed(Known known, PodState now, long deadline) throws InterruptedException {
        if (now.equals(known.state()) || known.state().isFinal()) {
            return false;
        }
        PodState told = known.pod().await(each -> !each.equals(known.state()), deadline);
        if (!told.equals(known.state())) {
            return false;
        }
        tell(known.pod(), now);
        return true;
    }

    private void tell(WatchedPod pod, PodState state) {
        if (pod.changed(state) && state instanceof PodState.Leaving leaving) {
            leaving.left()
                    .ifPresent(left -> Thread.ofVirtual()
                            .name("pod-leaving-" + pod.name())
                            .start(() -> awaitEnd(pod, left.plus(OVERDUE))));
        }
    }

    private static void awaitEnd(WatchedPod pod, Duration patience) {
        try {
            if (!pod.await(PodState::isFinal, System.nanoTime() + patience.toNanos())
                    .isFinal()) {
                pod.changed(new PodState.Lost("the pod was deleted, and its node does not answer"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Pod pod) {
        WatchedPod watched = pods.get(name(pod));
        if (watched != null) {
            tell(watched, PodState.of(pod));
        }
    }

    private final class Handler implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            show(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            show(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean isStateUnknown) {
            show(pod); // it may have ended for a reason
            WatchedPod watched = pods.get(name(pod));
            if (watched != null) {
                watched.changed(GONE);
            }
        }
    }
}
