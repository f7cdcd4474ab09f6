package dev.whirl.feeds.manage;

import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.model.entity.NamespaceName;
import java.util.HashMap;
import java.util.Map;

/// Calls of other servers that are under way for users: only so many at a time, and fewer of one namespace, so that
/// none keeps the others from theirs. The monitor guards all fields.
public final class CallPermits {
    private final int most;
    private final int mostOfOne;
    private final Map<NamespaceName, Integer> underWay = new HashMap<>();
    private int all;

    /// @param most of all namespaces together
    public CallPermits(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /// For one call; close it once.
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws InvalidFeedException 429 if too many are under way
    public synchronized Permit take(NamespaceName namespace) throws InvalidFeedException {
        if (all >= most || underWay.getOrDefault(namespace, 0) >= mostOfOne) {
            throw new InvalidFeedException(429, "Too many calls of other servers are under way. Try again.");
        }
        all++;
        underWay.merge(namespace, 1, Integer::sum);
        return () -> give(namespace);
    }

    private synchronized void give(NamespaceName namespace) {
        all--;
        underWay.computeIfPresent(namespace, (_, count) -> count > 1 ? count - 1 : null);
    }
}
