package dev.whirl.bench.report;

import dev.whirl.bench.load.LoadResult;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the table of warm calls. Latencies are of the calls that succeeded.
public record Measurement(
        String scenario,
        String load,
        long calls,
        double perSecond,
        Latencies latencies,
        Map<String, Long> errors,
        String errorText,
        double generatorMicrosPerCall,
        @Nullable Cost cost) {
    public Measurement {
        errors = Map.copyOf(errors);
    }

    public static Measurement of(String scenario, String load, LoadResult result, @Nullable Cost cost) {
        return new Measurement(
                scenario,
                load,
                result.calls(),
                result.rate(),
                Latencies.of(result),
                result.errors(),
                result.errorText(),
                result.generatorMicrosPerCall(),
                cost);
    }

    /// A short form for progress.
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "%s at %s: %,.0f/s, p50 %.3f ms %s",
                scenario,
                load,
                perSecond,
                latencies.p50Millis(),
                errorText);
    }
}
