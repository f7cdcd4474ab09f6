package dev.whirl.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What one worker saw: latencies of the calls that succeeded, and the others by status or kind of break. Used by one
/// thread, or by several one after another.
public final class Tally {
    private static final long LOWEST_NANOS = 1_000;
    private static final long HIGHEST_NANOS = 120_000_000_000L;
    private static final int DIGITS = 3;

    private final Histogram latencies = newHistogram();
    private final Map<String, Long> errors = new TreeMap<>();

    static Histogram newHistogram() {
        return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
    }

    /// A call that succeeded.
    public void succeeded(long nanos) {
        latencies.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }

    /// A call that was answered with another status than the expected one.
    public void failed(int status) {
        error(Integer.toString(status), 1);
    }

    /// Calls without an answer, by what went wrong.
    public void error(String what, long count) {
        errors.merge(what, count, Long::sum);
    }

    public void add(Tally other) {
        latencies.add(other.latencies);
        other.errors.forEach((what, count) -> errors.merge(what, count, Long::sum));
    }

    public Histogram latencies() {
        return latencies;
    }

    /// How long the calls that succeeded took one after another.
    public Duration together() {
        return Duration.ofNanos(Math.round(latencies.getMean() * latencies.getTotalCount()));
    }

    public Map<String, Long> errors() {
        return errors;
    }
}
