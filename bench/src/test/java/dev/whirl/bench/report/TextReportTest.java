package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.report.Promises.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final Cost COST = new Cost(120, 80, 250, 90, 60, 2);

    @Test
    void columnsAreAlignedAndLinesDoNotEndInSpaces() {
        var table = new Table(1, "name", "calls", "note");
        table.add("a", "10", "");
        table.add("longer", "5", "x");

        assertThat(table.render()).isEqualTo("""
                name    calls  note
                a          10
                longer      5     x
                """);
    }

    @Test
    void aRowWithTooFewCellsIsRefused() {
        assertThatThrownBy(() -> new Table(1, "a", "b").add("c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsShowTheMedianOfTheRepetitionsAndTheirSpread() {
        String text = TextReport.of(report(row(4000, 3), row(5000, 0), row(9000, 0)), List.of());

        assertThat(text.lines().toList())
                .anyMatch(line -> line.matches("echo +1 +5000 +30 +0\\.400 .* 502×3 +120 +80 +12 +250 +90 +60"))
                .contains("warm, figures     median  ±%", "over-bare-hop-ms   1.500   0", "a note");
    }

    @Test
    void whatEachRoleOfAClusterUsedIsATableOfItsOwn() {
        var cost = new Cost(120, 80, 250, 90, 60, 2, Map.of("controller", 50.0, "invoker", 70.0, "database", 30.0));
        Report report = report(row(4000, 0, cost), row(5000, 0, cost));

        assertThat(TextReport.of(report, List.of()).lines().toList())
                .contains(
                        "warm, by role  load  controller µs  database µs  invoker µs",
                        "echo              1             50           30          70");
        assertThat(TextReport.of(report(row(4000, 0)), List.of())).doesNotContain("by role");
        assertThat(JsonReport.of(report, List.of())).contains("\"figure\" : \"warm/echo@1/database-us\"");
    }

    @Test
    void promisesStandBesideWhatWasMeasured() {
        Report report = report(row(4000, 0), row(5000, 0));

        String text = TextReport.of(report, promises(6000).verdicts(report));

        assertThat(text)
                .containsPattern("warm/echo@1/per-second +rate +≥ 6,000 /s +4500 +17 +NOT MET +≥ 6,000 /s not met");
    }

    @Test
    void aPromiseIsBrokenOnlyBeyondTheNoiseOfTheRepetitions() {
        Report report = report(row(5500, 0), row(5900, 0), row(6400, 0));

        assertThat(verdict(report, 5900).word()).isEqualTo("met");
        assertThat(verdict(report, 6100).word()).isEqualTo("within noise");
        assertThat(verdict(report, 6100).isBroken()).isFalse();
        assertThat(verdict(report, 6600).isBroken()).isTrue();
    }

    @Test
    void noiseIsNeverMoreThanFifteenPercent() {
        assertThat(new Series("x", List.of(40.0, 100.0, 160.0)).noise()).isEqualTo(15);
    }

    @Test
    void whatMayNeverHappenIsJudgedByItsWorstRepetition() {
        var promise = new Promise("an echo", "warm/echo@1/errors", "failed", 0.0, null, "", null, null);
        Report report = report(row(4000, 0), row(5000, 0), row(5000, 1));

        Verdict verdict = new Promises(List.of(promise)).verdicts(report).getFirst();

        assertThat(verdict.isBroken()).isTrue();
    }

    @Test
    void anAimThatIsMoreThanThePromiseIsJudgedOnItsOwn() {
        var promise = new Promise("an echo", "warm/echo@1/per-second", "rate", null, 4000.0, "/s", 6000.0, "slow");
        Report report = report(row(5000, 0));

        Verdict verdict = new Promises(List.of(promise)).verdicts(report).getFirst();

        assertThat(verdict.word()).isEqualTo("met");
        assertThat(verdict.aimWord()).isEqualTo("≥ 6,000 /s not met");
    }

    @Test
    void failedCallsOfOursAreToldByScenario() {
        assertThat(report(row(4000, 0)).failedCalls()).isEmpty();
        assertThat(report(row(4000, 3)).failedCalls()).containsExactly("3 of 100 calls of warm/echo@1 failed: 3×502");
    }

    @Test
    void noiseIsNeverLessThanFivePercentAndTenForOneRepetition() {
        assertThat(new Series("x", List.of(100.0, 100.0, 100.0)).noise()).isEqualTo(5);
        assertThat(new Series("x", List.of(90.0, 100.0, 130.0)).noise()).isEqualTo(15);
        assertThat(new Series("x", List.of(100.0)).noise()).isEqualTo(10);
        assertThat(new Series("x", List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void theReportForMachinesHasEveryRepetitionAndTheVerdict() {
        Report report = report(row(4000, 0), row(5000, 0));

        String json = JsonReport.of(report, promises(6000).verdicts(report));

        assertThat(json)
                .contains("\"figure\" : \"warm/echo@1/per-second\"", "\"values\" : [ 4000.0, 5000.0 ]")
                .contains("\"promise\" : \"≥ 6,000 /s\"", "\"verdict\" : \"NOT MET\"")
                .contains("\"serverMicrosPerCall\" : 120.0");
    }

    @Test
    void aScenarioWithoutASingleSuccessMakesARunIncomplete() {
        assertThat(report(row(1, 0)).isComplete()).isTrue();
        assertThat(report(row(0, 100)).isComplete()).isFalse();
    }

    @Test
    void aFigureMadeOfTwoIsLeftOutWhereOneIsMissing() {
        List<Measurement> rows = List.of(row(1000, 0));

        Round round = Derived.round(
                rows,
                List.of(
                        Derived.ratio("half", "echo@1/p50-ms", "echo@1/p50-ms"),
                        Derived.difference("gone", "echo@1/p50-ms", "missing@1/p50-ms")));

        assertThat(round.figures()).containsExactly(new Figure("half", 1));
    }

    private static Verdict verdict(Report report, double bound) {
        return promises(bound).verdicts(report).getFirst();
    }

    private static Promises promises(double rate) {
        return new Promises(
                List.of(new Promise("an echo", "warm/echo@1/per-second", "rate", null, rate, "/s", null, null)));
    }

    private static Report report(Measurement... repetitions) {
        List<Round> rounds = List.of(repetitions).stream()
                .map(row -> new Round(List.of(row), List.of(new Figure("over-bare-hop-ms", 1.5))))
                .toList();
        return new Report(List.of(new PartReport("warm", PartReport.WHIRL, rounds)), List.of("a note"));
    }

    private static Measurement row(double rate, long failed) {
        return row(rate, failed, COST);
    }

    private static Measurement row(double rate, long failed, Cost cost) {
        var latencies = new Latencies(0.4, 0.5, 0.6, 0.7, 0.8);
        Map<String, Long> errors = failed == 0 ? Map.of() : Map.of("502", failed);
        return new Measurement("echo", "1", 100, rate, latencies, errors, failed + "×502", 12, cost);
    }
}
