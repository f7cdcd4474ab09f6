package dev.whirl.sandbox.kubernetes.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One pod, as the watch shows it. `this` guards the state and the listeners.
public final class WatchedPod {
    private final String name;
    private final List<Consumer<PodState>> listeners = new ArrayList<>();
    private PodState state = PodState.created();
    private boolean wasSeen;

    WatchedPod(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public synchronized PodState state() {
        return state;
    }

    /// Waits until it is so, or for so long.
    ///
    /// @param deadlineNanos as of [System#nanoTime]
    /// @return how it stands then
    public synchronized PodState await(Predicate<PodState> wanted, long deadlineNanos) throws InterruptedException {
        while (!wanted.test(state)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (left <= 0) {
                return state;
            }
            wait(left);
        }
        return state;
    }

    /// Tells of the state now and of each further one, on the thread that learns of it. It must return soon.
    public void listen(Consumer<PodState> listener) {
        PodState now;
        synchronized (this) {
            listeners.add(listener);
            now = state;
        }
        listener.accept(now);
    }

    /// What is final stays.
    ///
    /// @return whether that is news
    boolean changed(PodState next) {
        List<Consumer<PodState>> told;
        synchronized (this) {
            wasSeen = true;
            if (state.isFinal() || state.equals(next)) {
                return false;
            }
            state = next;
            told = List.copyOf(listeners);
            notifyAll();
        }
        told.forEach(each -> each.accept(next));
        return true;
    }

    /// Whether the cluster has shown it once: only then it can be missing.
    synchronized boolean wasSeen() {
        return wasSeen;
    }
}
