package dev.whirl.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A figure beside the one it is compared with, both from the same run.
public record Ratio(String what, double figure, double base) {
    public double ratio() {
        return figure / base;
    }

    /// The p50 of a scenario against that of another, both with one call in flight; nothing if one is missing.
    public static Optional<Ratio> ofLatency(List<Measurement> all, String scenario, String base) {
        return last(all, row -> row.scenario().equals(scenario) && row.load().equals("1"))
                .flatMap(figure -> last(
                                all,
                                row -> row.scenario().equals(base) && row.load().equals("1"))
                        .map(other -> new Ratio(
                                "p50 ms at 1, " + scenario + " / " + base,
                                figure.latencies().p50Millis(),
                                other.latencies().p50Millis())));
    }

    /// The rate of a scenario against that of another, each under its heaviest closed loop; nothing if one is
    /// missing.
    public static Optional<Ratio> ofRate(List<Measurement> all, String scenario, String base) {
        return last(all, row -> row.scenario().equals(scenario) && !row.load().contains("@"))
                .flatMap(figure -> last(all, row -> row.scenario().equals(base))
                        .map(other -> new Ratio(
                                "calls/s at " + figure.load() + ", " + scenario + " / " + base,
                                figure.perSecond(),
                                other.perSecond())));
    }

    private static Optional<Measurement> last(List<Measurement> all, Predicate<Measurement> wanted) {
        return all.stream().filter(wanted).reduce((_, later) -> later);
    }
}
