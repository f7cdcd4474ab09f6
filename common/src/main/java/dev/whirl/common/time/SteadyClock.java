package dev.whirl.common.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that goes on evenly, whatever is done to the machine's: for how long somebody has been silent, or something
/// takes. What it says means something only beside what it said before, in the same process.
public final class SteadyClock implements InstantSource {
    private final Instant origin;
    private final LongSupplier nanos;
    private final long began;

    public SteadyClock() {
        this(Instant.now(), System::nanoTime);
    }

    /// @param origin what it says first
    /// @param nanos the time, on a scale of its own
    SteadyClock(Instant origin, LongSupplier nanos) {
        this.origin = origin;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(nanos.getAsLong() - began);
    }
}
