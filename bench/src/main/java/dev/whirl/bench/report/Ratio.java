package dev.whirl.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A figure of the platform beside that of the bare runtime processes, both from the same run.
public record Ratio(String what, double platform, double bare) {
    public double ratio() {
        return platform / bare;
    }

    /// The p50 of a scenario against that of a ceiling, both with one call in flight; nothing if one is missing.
    public static Optional<Ratio> ofLatency(List<Measurement> all, String scenario, String ceiling) {
        return last(all, row -> row.scenario().equals(scenario) && row.load().equals("1"))
                .flatMap(platform -> last(
                                all,
                                row -> row.scenario().equals(ceiling)
                                        && row.load().equals("1"))
                        .map(bare -> new Ratio(
                                "p50 ms at 1, " + scenario + " / " + ceiling,
                                platform.latencies().p50Millis(),
                                bare.latencies().p50Millis())));
    }

    /// The rate of a scenario against that of a ceiling, each under its heaviest closed loop; nothing if one is
    /// missing.
    public static Optional<Ratio> ofRate(List<Measurement> all, String scenario, String ceiling) {
        return last(all, row -> row.scenario().equals(scenario) && !row.load().contains("@"))
                .flatMap(platform -> last(all, row -> row.scenario().equals(ceiling))
                        .map(bare -> new Ratio(
                                "calls/s at " + platform.load() + ", " + scenario + " / " + ceiling,
                                platform.perSecond(),
                                bare.perSecond())));
    }

    private static Optional<Measurement> last(List<Measurement> all, Predicate<Measurement> wanted) {
        return all.stream().filter(wanted).reduce((_, later) -> later);
    }
}
