package dev.whirl.invoker.demand;

import java.time.Duration;

/// How many sandboxes of one runtime are asked for within the time that it takes to replace one. Not for use by several
/// threads.
public final class Asks {
    /// Within about this time a stem cell that was taken is replaced, others first.
    private static final double REPLACED = Duration.ofSeconds(2).toNanos();

    /// After so long what was asked for counts half.
    private static final double HALF_LIFE = Duration.ofMinutes(10).toNanos();

    /// A single one is no demand.
    private static final double DEMAND = 1.5;

    private long lastNanos;
    private double burst;
    private double largest;
    private double lately;

    /// One was asked for.
    public void add(long nowNanos) {
        long passed = nowNanos - lastNanos;
        double faded = faded(passed);
        burst = burst * Math.exp(-passed / REPLACED) + 1;
        largest = Math.max(largest * faded, burst);
        lately = lately * faded + 1;
        lastNanos = nowNanos;
    }

    /// How many to keep ready.
    public int wanted(long nowNanos) {
        double faded = faded(nowNanos - lastNanos);
        return lately * faded < DEMAND ? 0 : (int) Math.round(largest * faded);
    }

    private static double faded(long passedNanos) {
        return Math.pow(0.5, passedNanos / HALF_LIFE);
    }
}
