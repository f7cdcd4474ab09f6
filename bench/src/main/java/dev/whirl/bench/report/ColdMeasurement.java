package dev.whirl.bench.report;

import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.Tally;
import java.time.Duration;
import java.util.Locale;

/// First calls of functions of one kind: how long each took from the request to its answer.
///
/// @param initialized calls whose record says that a sandbox was initialized; fewer than `calls` means that not all
///     of them were first calls
public record ColdMeasurement(
        String kind,
        String way,
        long calls,
        int initialized,
        double p50Millis,
        double p95Millis,
        double maxMillis,
        String errorText) {
    public static ColdMeasurement of(String kind, String way, Tally tally, int initialized) {
        LoadResult result = LoadResult.of(tally, Duration.ZERO, Duration.ZERO);
        return new ColdMeasurement(
                kind,
                way,
                result.calls(),
                initialized,
                result.millisAt(50),
                result.millisAt(95),
                result.maxMillis(),
                result.errorText());
    }

    /// A short form for progress.
    public String toLine() {
        return String.format(
                Locale.ROOT,
                "first calls, %s, %s: p50 %.1f ms, p95 %.1f ms %s",
                kind,
                way,
                p50Millis,
                p95Millis,
                errorText);
    }
}
