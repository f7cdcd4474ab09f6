package dev.whirl.controller.place;

import java.util.List;

/// The invokers that take work, as placing sees them for one action.
public record ClusterView(List<InvokerView> invokers) {
    public ClusterView {
        invokers = List.copyOf(invokers);
    }

    /// What an invoker may hold before its neighbours are asked: a quarter more than its share ("consistent
    /// hashing with bounded loads").
    long loadBound() {
        long total = 1;
        for (InvokerView each : invokers) {
            total += each.inFlight();
        }
        return (total * 5 + invokers.size() * 4L - 1) / (invokers.size() * 4L);
    }
}
