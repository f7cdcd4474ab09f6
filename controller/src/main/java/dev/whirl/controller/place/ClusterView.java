package dev.whirl.controller.place;

import java.util.List;

/// The invokers that take work, as placing sees them for one action.
///
/// @param invokers in the order of their numbers
public record ClusterView(List<InvokerView> invokers, Pools pools) {
    public ClusterView(List<InvokerView> invokers) {
        this(invokers, Pools.UNDIVIDED);
    }

    public ClusterView {
        invokers = List.copyOf(invokers);
    }

    ClusterView of(List<InvokerView> some) {
        return some.size() == invokers.size() ? this : new ClusterView(some, pools);
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
