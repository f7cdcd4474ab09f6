package dev.whirl.invoker.pool;

/// Processors that runs and starts share in a simulated world.
final class SimulatedProcessors {
    private static final int TICKS_TO_NOTICE = 12;

    /// 0 means that work needs none, as if all of it slept.
    int count;

    /// Work of others leaves none idle.
    boolean areTaken;

    private int active;
    private int busyTicks;

    /// So many runs and starts more, or fewer, are under way.
    void taken(int change) {
        active += change;
    }

    /// How long work takes beside all other work.
    long stretched(long nanos) {
        return count == 0 ? nanos : nanos * Math.max(active, count) / count;
    }

    /// What is measured, a hundredth of a second later than last time.
    boolean areBusyAtTick() {
        busyTicks = count > 0 && active >= count ? busyTicks + 1 : 0;
        return areTaken || busyTicks >= TICKS_TO_NOTICE;
    }
}
