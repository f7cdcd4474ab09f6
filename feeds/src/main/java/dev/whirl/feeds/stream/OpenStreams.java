package dev.whirl.feeds.stream;

import dev.whirl.model.entity.NamespaceName;
import java.util.HashMap;
import java.util.Map;

/// How many sources are open: only so many in one process, and fewer of one namespace, so that none keeps the others
/// from theirs. The monitor guards all fields.
final class OpenStreams {
    private final int most;
    private final int mostOfOne;
    private final Map<NamespaceName, Integer> byNamespace = new HashMap<>();
    private int all;

    /// @param most of all namespaces together
    OpenStreams(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /// @return whether one more may be opened; whoever opens it gives back once
    synchronized boolean tryTake(NamespaceName namespace) {
        if (all >= most || byNamespace.getOrDefault(namespace, 0) >= mostOfOne) {
            return false;
        }
        all++;
        byNamespace.merge(namespace, 1, Integer::sum);
        return true;
    }

    /// Waits until one more may be opened.
    synchronized void take(NamespaceName namespace) throws InterruptedException {
        while (!tryTake(namespace)) {
            wait();
        }
    }

    synchronized void give(NamespaceName namespace) {
        all--;
        byNamespace.computeIfPresent(namespace, (_, count) -> count > 1 ? count - 1 : null);
        notifyAll();
    }
}
