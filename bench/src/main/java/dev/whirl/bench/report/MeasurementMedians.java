package dev.whirl.bench.report;

import dev.whirl.bench.load.LoadResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The repetitions of one row, and for each column the median of them.
record MeasurementMedians(List<Measurement> repetitions) {
    Measurement first() {
        return repetitions.getFirst();
    }

    double of(ToDoubleFunction<Measurement> column) {
        return series(repetitions.stream().mapToDouble(column).boxed().toList()).median();
    }

    double ofLatency(ToDoubleFunction<Latencies> column) {
        return of(row -> column.applyAsDouble(row.latencies()));
    }

    /// Nothing where the server's process isn't known.
    Optional<Double> ofCost(ToDoubleFunction<Cost> column) {
        List<Double> values = repetitions.stream()
                .flatMap(row -> Stream.ofNullable(row.cost()))
                .map(column::applyAsDouble)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(series(values).median());
    }

    /// Of the rate, or of the p50 where the rate is fixed.
    double spread() {
        boolean isFixed = first().load().contains("@");
        return series(repetitions.stream()
                        .map(row -> isFixed ? row.latencies().p50Millis() : row.perSecond())
                        .toList())
                .spread();
    }

    /// Errors of all repetitions together.
    String errorText() {
        Map<String, Long> all = new TreeMap<>();
        repetitions.forEach(row -> row.errors().forEach((what, count) -> all.merge(what, count, Long::sum)));
        return all.isEmpty() ? "0" : LoadResult.errorText(all);
    }

    private Series series(List<Double> values) {
        return new Series(first().name(), values);
    }
}
