package dev.whirl.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Lets one line a minute into the log, and counts the others. The monitor guards all fields.
public final class LogPace {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private boolean hasLogged;
    private long loggedAt;
    private long held;

    public LogPace() {
        this(System::nanoTime);
    }

    public LogPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Writes the line if it is time for one.
    ///
    /// @param line is told how many were held back since the last one
    public void log(Line line) {
        long before;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (hasLogged && now - loggedAt < MINUTE) {
                held++;
                return;
            }
            hasLogged = true;
            loggedAt = now;
            before = held;
            held = 0;
        }
        line.write(before);
    }

    public interface Line {
        void write(long heldBack);
    }
}
