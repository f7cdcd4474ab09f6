package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void ratesAndLatenciesOfBothPlatformsAreComparedAsTimesAsGood() {
        Report report = report(List.of(row("echo", "1", 1000, 0.5)), List.of(row("echo", "1", 100, 5)));

        assertThat(Comparison.of(report))
                .containsExactly(
                        new Comparison("warm/echo@1/per-second", "other", 1000, 100),
                        new Comparison("warm/echo@1/p50-ms", "other", 0.5, 5))
                .allMatch(each -> each.timesAsGood() == 10);
        assertThat(TextReport.of(report, List.of())).containsPattern("warm/echo@1/p50-ms +0.500 +5.000 +10.0");
    }

    @Test
    void aFixedRateIsNoResultBareProcessesAreTheSameAndWhatOneLacksIsLeftOut() {
        Report report = report(
                List.of(row("echo", "64 @ 100/s", 100, 1), row("bare-node", "1", 9, 9), row("many", "1", 1, 1)),
                List.of(row("echo", "64 @ 100/s", 100, 2), row("bare-node", "1", 9, 9)));

        assertThat(Comparison.of(report)).extracting(Comparison::figure).containsExactly("warm/echo@64@100/s/p50-ms");
    }

    @Test
    void oneRunWithoutAnotherPlatformComparesNothing() {
        assertThat(Comparison.of(new Report(List.of(), List.of()))).isEmpty();
    }

    private static Report report(List<Measurement> ours, List<Measurement> theirs) {
        return new Report(List.of(part(PartReport.WHIRL, ours), part("other", theirs)), List.of());
    }

    private static PartReport part(String platform, List<Measurement> rows) {
        return new PartReport("warm", platform, List.of(new Round(rows, List.of())));
    }

    private static Measurement row(String scenario, String load, double rate, double millis) {
        var latencies = new Latencies(millis, millis, millis, millis, millis);
        return new Measurement(scenario, load, 100, rate, latencies, Map.of(), "", 12, null);
    }
}
