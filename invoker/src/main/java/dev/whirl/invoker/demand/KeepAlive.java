package dev.whirl.invoker.demand;

import java.time.Duration;

/// How long to keep the sandbox of an action that is idle, and when to have one ready again. Pure.
///
/// @param keepNanos so long after its last run
/// @param readyFromNanos so long after its last call a sandbox may be started for the next, until `readyToNanos`; both
///     0 if that makes no sense
public record KeepAlive(long keepNanos, long readyFromNanos, long readyToNanos) {
    /// With fewer there is no pattern yet.
    private static final int FEWEST = 4;

    /// So long a sandbox is kept that is not likely to be used soon: callers come back to what they have just used.
    private static final long AT_LEAST = Duration.ofMinutes(1).toNanos();

    /// Where the next call is this part of the longest time away, it is cheaper to start again.
    private static final int LONG = 4;

    private static final double HEAD = 0.05;
    private static final double TAIL = 0.95;
    private static final double EARLY = 0.9;
    private static final double LATE = 1.1;

    /// What the idle times of an action advise.
    ///
    /// @param usual how long without a pattern
    /// @param longest how long at most
    public static KeepAlive of(IdleTimes times, Duration usual, Duration longest) {
        long usualNanos = usual.toNanos();
        long longestNanos = Math.max(usualNanos, longest.toNanos());
        if (times.total() < FEWEST) {
            return new KeepAlive(usualNanos, 0, 0);
        }
        long atLeast = Math.min(AT_LEAST, usualNanos);
        long head = times.head(HEAD);
        long tail = (long) (times.tail(TAIL) * LATE);
        if (head >= longestNanos / LONG) { // nobody comes for long, then within a time that is known
            return new KeepAlive(atLeast, (long) (head * EARLY), Math.min(tail, head + longestNanos));
        }
        boolean isHopeless = times.atLeast(longestNanos) * 4L > times.total() * 3L;
        return new KeepAlive(isHopeless ? atLeast : Math.clamp(tail, atLeast, longestNanos), 0, 0);
    }

    /// Whether somebody is likely to come soon to an action that was called so long ago.
    public boolean isDue(long sinceCallNanos) {
        return readyToNanos > 0 && sinceCallNanos >= readyFromNanos && sinceCallNanos <= readyToNanos;
    }
}
