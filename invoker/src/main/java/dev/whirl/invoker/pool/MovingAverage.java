package dev.whirl.invoker.pool;

/// An average that forgets: each new value counts for a fifth. Not for use by several threads.
final class MovingAverage {
    private static final double WEIGHT = 0.2;

    private double average;
    private boolean isKnown;

    /// @param prior what to say until the first value comes
    MovingAverage(long prior) {
        average = prior;
    }

    void add(long value) {
        average = isKnown ? average + WEIGHT * (value - average) : value;
        isKnown = true;
    }

    long value() {
        return (long) average;
    }
}
