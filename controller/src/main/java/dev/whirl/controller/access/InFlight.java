package dev.whirl.controller.access;

import java.util.concurrent.ConcurrentHashMap;

/// How many invocations of each namespace run or wait to run (row R-151).
public final class InFlight {
    private final ConcurrentHashMap<String, Integer> running = new ConcurrentHashMap<>();

    /// Counts one in if fewer than the limit run.
    ///
    /// @return whether it was counted
    boolean enter(String namespaceUuid, int limit) {
        var entered = new boolean[1];
        running.compute(namespaceUuid, (_, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < limit;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    /// Counts one in whatever the limit is: for what was accepted in an earlier life of the server.
    public void enterAnyway(String namespaceUuid) {
        running.merge(namespaceUuid, 1, Integer::sum);
    }

    public void leave(String namespaceUuid) {
        running.computeIfPresent(namespaceUuid, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    /// How many there are of a namespace.
    public int running(String namespaceUuid) {
        return running.getOrDefault(namespaceUuid, 0);
    }
}
