package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    void everyPartThatWasMeasuredIsShown() {
        String text = TextReport.of(report());

        assertThat(text.lines().toList())
                .anyMatch(line -> line.startsWith("echo") && line.contains("5000") && line.contains("0.400"))
                .anyMatch(line -> line.startsWith("bare") && line.contains("502×3"))
                .anyMatch(line -> line.startsWith("p50 ms at 1, echo / bare") && line.contains("4.00"))
                .anyMatch(line -> line.startsWith("calls/s at 1, echo / bare") && line.contains("0.25"))
                .anyMatch(line -> line.startsWith("nodejs:20    back to back"))
                .anyMatch(line -> line.startsWith("ten") && line.endsWith("0.020"))
                .anyMatch(line -> line.startsWith("start 1") && line.contains("1500"))
                .contains("a note");
        assertThat(TextReport.of(new Report(List.of(), List.of(), List.of(), List.of(), List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void theReportForMachinesHasTheSameFigures() {
        assertThat(JsonReport.of(report()))
                .contains("\"scenario\" : \"echo\"", "\"p50Millis\" : 0.4", "\"serverMicrosPerCall\" : 120.0");
    }

    @Test
    void aScenarioWithoutASingleSuccessMakesARunIncomplete() {
        assertThat(report().isComplete()).isTrue();
        assertThat(new Report(List.of(row("x", 0, 0, null)), List.of(), List.of(), List.of(), List.of(), List.of())
                        .isComplete())
                .isFalse();
    }

    @Test
    void whatASingleCallCostsBesideItsHopCountsOnceInASequence() {
        List<Measurement> rows = List.of(row("bare", 1, 0.1, null), row("one", 1, 0.4, null), row("ten", 1, 1.3, null));

        assertThat(StepCost.of(rows, "ten", 10, "one", "bare"))
                .hasValueSatisfying(
                        cost -> assertThat(cost.overheadMillisPerStep()).isCloseTo(0, within(1e-9)));
        assertThat(StepCost.of(rows, "missing", 10, "one", "bare")).isEmpty();
    }

    private static Report report() {
        List<Measurement> warm = List.of(row("echo", 5000, 0.4, COST), row("bare", 20_000, 0.1, null));
        return new Report(
                warm,
                Stream.of(
                                Ratio.ofLatency(warm, "echo", "bare"),
                                Ratio.ofRate(warm, "echo", "bare"),
                                Ratio.ofRate(warm, "missing", "bare"))
                        .flatMap(Optional::stream)
                        .toList(),
                List.of(new StepCost("ten", 10, 0.1, 0.4, 1.5)),
                List.of(new ColdMeasurement("nodejs:20", "back to back", 20, 20, 12.5, 20.1, 30, "")),
                List.of(new StartUp(1500, 1600, 200, 90, 60)),
                List.of("a note"));
    }

    private static Measurement row(String name, double rate, double p50, @Nullable Cost cost) {
        var latencies = new Latencies(p50, p50, p50, p50, p50);
        boolean isBare = name.equals("bare");
        return new Measurement(
                name,
                "1",
                100,
                rate,
                latencies,
                isBare ? Map.of("502", 3L) : Map.of(),
                isBare ? "502×3" : "",
                12,
                cost);
    }
}
