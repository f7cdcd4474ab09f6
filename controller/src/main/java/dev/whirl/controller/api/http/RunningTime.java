package dev.whirl.controller.api.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The time in which this process ran. While it stood still, because it was stopped, its machine slept or had no
/// processor for it, this time did too: clients have no part in that. It takes one who looks regularly.
final class RunningTime {
    private static final int LATE = 4;

    private final LongSupplier clock;
    private final long lookNanos;
    private long lookedNanos;
    private volatile long stoodNanos;

    /// @param look how often somebody looks; who is four times later than that stood still
    /// @param clock in nanoseconds, on any scale
    RunningTime(Duration look, LongSupplier clock) {
        this.clock = clock;
        this.lookNanos = look.toNanos();
        this.lookedNanos = clock.getAsLong();
    }

    /// In nanoseconds, on a scale of its own.
    long nanos() {
        return clock.getAsLong() - stoodNanos;
    }

    /// Of one thread.
    void look() {
        long now = clock.getAsLong();
        long since = now - lookedNanos;
        lookedNanos = now;
        if (since > LATE * lookNanos) {
            stoodNanos = stoodNanos + since - lookNanos;
        }
    }
}
