package dev.whirl.bench.report;

import dev.whirl.bench.load.LoadResult;

/// Percentiles in milliseconds.
public record Latencies(double p50Millis, double p95Millis, double p99Millis, double p999Millis, double maxMillis) {
    static Latencies of(LoadResult result) {
        return new Latencies(
                result.millisAt(50),
                result.millisAt(95),
                result.millisAt(99),
                result.millisAt(99.9),
                result.maxMillis());
    }
}
