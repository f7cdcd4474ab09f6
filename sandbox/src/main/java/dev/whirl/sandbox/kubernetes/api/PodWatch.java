package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// One watch for all pods of an invoker. It is taken up again when it breaks off.
public final class PodWatch implements AutoCloseable {
    private static final PodState.Lost GONE = new PodState.Lost("the pod was deleted");

    private final Map<String, WatchedPod> pods = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    PodWatch(SharedIndexInformer<Pod> informer) {
        this.informer = informer;
        informer.addEventHandler(new Handler());
        informer.exceptionHandler((isStarted, reason) -> isStarted);
    }

    void start() {
        informer.run();
    }

    /// Begins to follow a pod that is going to be made.
    public WatchedPod expect(String name) {
        return pods.computeIfAbsent(name, WatchedPod::new);
    }

    /// Nobody asks about it any more.
    public void forget(String name) {
        pods.remove(name);
    }

    /// The names of those that are followed.
    public Set<String> expected() {
        return Set.copyOf(pods.keySet());
    }

    /// The names of those of them that the cluster has shown.
    public Set<String> seen() {
        return pods.values().stream()
                .filter(WatchedPod::wasSeen)
                .map(WatchedPod::name)
                .collect(Collectors.toSet());
    }

    /// Compares what the watch has shown with what is there: should it have gone silent, pods that vanished are noticed
    /// all the same.
    ///
    /// @param seen what had been [#seen] before the list was made
    /// @param present the pods that are there
    public void compare(Set<String> seen, Collection<Pod> present) {
        Set<String> there = present.stream().map(PodWatch::name).collect(Collectors.toSet());
        present.stream().filter(each -> PodState.of(each).isFinal()).forEach(this::show);
        for (String each : seen) {
            WatchedPod pod = pods.get(each);
            if (pod != null && !there.contains(each)) {
                pod.changed(GONE);
            }
        }
    }

    @Override
    public void close() {
        informer.close();
    }

    static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private void show(Pod pod) {
        WatchedPod watched = pods.get(name(pod));
        if (watched != null) {
            watched.changed(PodState.of(pod));
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
