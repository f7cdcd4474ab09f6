package dev.whirl.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What a load measured. The histogram holds nanoseconds of the calls that succeeded; `generatorCpu` is the processor
/// time that this process used meanwhile.
public record LoadResult(Histogram latencies, Map<String, Long> errors, Duration elapsed, Duration generatorCpu) {
    public LoadResult {
        errors = Map.copyOf(errors);
    }

    public static LoadResult of(Tally tally, Duration elapsed, Duration generatorCpu) {
        return new LoadResult(tally.latencies(), tally.errors(), elapsed, generatorCpu);
    }

    /// Calls that succeeded.
    public long successes() {
        return latencies.getTotalCount();
    }

    /// Calls that ended, well or not; those that were never sent are not among them.
    public long calls() {
        return successes() + errorCount() - errors.getOrDefault(LoadGenerator.UNSENT, 0L);
    }

    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Successes a second.
    public double rate() {
        return successes() * 1e9 / Math.max(1, elapsed.toNanos());
    }

    public double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }

    public double maxMillis() {
        return latencies.getMaxValue() / 1e6;
    }

    /// Processor time of the generator for one call, in microseconds.
    public double generatorMicrosPerCall() {
        return generatorCpu.toNanos() / 1e3 / Math.max(1, calls());
    }

    /// Errors in a fixed order, such as `502×3 closed×1`, or an empty text.
    public String errorText() {
        return errorText(errors);
    }

    /// The same for any errors.
    public static String errorText(Map<String, Long> errors) {
        var text = new StringBuilder();
        new TreeMap<>(errors)
                .forEach((what, count) -> text.append(text.isEmpty() ? "" : " ")
                        .append(what)
                        .append('×')
                        .append(count));
        return text.toString();
    }
}
