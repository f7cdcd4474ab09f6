package dev.whirl.bench.report;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The report for people.
public final class TextReport {
    private static final String LEGEND = """
            load: connections of a closed loop, or connections @ fixed rate. µs: processor time for one call.
            MB: resident memory; PSS: that of the runtimes with shared pages counted once.
            """;

    private TextReport() {}

    public static String of(Report report) {
        var text = new StringBuilder();
        section(text, !report.warm().isEmpty(), () -> warm(report));
        section(text, !report.ratios().isEmpty(), () -> ratios(report));
        section(text, !report.steps().isEmpty(), () -> steps(report));
        section(text, !report.cold().isEmpty(), () -> cold(report));
        section(text, !report.start().isEmpty(), () -> start(report));
        section(text, !report.notes().isEmpty(), () -> String.join("\n", report.notes()) + "\n");
        return text.toString();
    }

    private static void section(StringBuilder text, boolean isThere, Supplier<String> section) {
        if (isThere) {
            text.append(text.isEmpty() ? "" : "\n").append(section.get());
        }
    }

    private static String warm(Report report) {
        var table = new Table(
                1,
                "warm calls",
                "load",
                "calls/s",
                "p50 ms",
                "p90",
                "p99",
                "p99.9",
                "max",
                "errors",
                "server µs",
                "runtimes µs",
                "generator µs",
                "server MB",
                "runtimes MB",
                "PSS MB");
        report.warm().forEach(row -> addWarm(table, row));
        return table.render() + LEGEND;
    }

    private static void addWarm(Table table, Measurement row) {
        Latencies latencies = row.latencies();
        table.add(
                row.scenario(),
                row.load(),
                whole(row.perSecond()),
                millis(latencies.p50Millis()),
                millis(latencies.p90Millis()),
                millis(latencies.p99Millis()),
                millis(latencies.p999Millis()),
                millis(latencies.maxMillis()),
                row.errorText().isEmpty() ? "0" : row.errorText(),
                cost(row.cost(), Cost::serverMicrosPerCall),
                cost(row.cost(), Cost::runtimesMicrosPerCall),
                whole(row.generatorMicrosPerCall()),
                cost(row.cost(), Cost::serverResidentMb),
                cost(row.cost(), Cost::runtimesResidentMb),
                cost(row.cost(), Cost::runtimesProportionalMb));
    }

    private static String ratios(Report report) {
        var table = new Table(1, "ratios", "figure", "base", "ratio");
        for (Ratio row : report.ratios()) {
            table.add(
                    row.what(),
                    figure(row.figure()),
                    figure(row.base()),
                    String.format(Locale.ROOT, "%.2f", row.ratio()));
        }
        return table.render();
    }

    private static String steps(Report report) {
        var table =
                new Table(1, "sequences, p50 ms", "steps", "bare hop", "single call", "sequence", "overhead a step");
        for (StepCost row : report.steps()) {
            table.add(
                    row.sequence(),
                    Integer.toString(row.steps()),
                    millis(row.bareMillis()),
                    millis(row.singleMillis()),
                    millis(row.sequenceMillis()),
                    millis(row.overheadMillisPerStep()));
        }
        return table.render() + "overhead a step: (sequence - (single call - bare hop)) / steps - bare hop\n";
    }

    private static String cold(Report report) {
        var table = new Table(2, "first calls", "", "calls", "initialized", "p50 ms", "p95", "max", "errors");
        for (ColdMeasurement row : report.cold()) {
            table.add(
                    row.kind(),
                    row.way(),
                    Long.toString(row.calls()),
                    Integer.toString(row.initialized()),
                    tenths(row.p50Millis()),
                    tenths(row.p95Millis()),
                    tenths(row.maxMillis()),
                    row.errorText().isEmpty() ? "0" : row.errorText());
        }
        return table.render();
    }

    private static String start(Report report) {
        var table = new Table(
                1, "start", "ready ms", "first function ms", "server RSS MB", "runtimes RSS MB", "runtimes PSS MB");
        int number = 1;
        for (StartUp row : report.start()) {
            table.add(
                    "start " + number++,
                    whole(row.readyMillis()),
                    whole(row.firstFunctionMillis()),
                    whole(row.serverResidentMb()),
                    whole(row.runtimesResidentMb()),
                    whole(row.runtimesProportionalMb()));
        }
        return table.render();
    }

    private static String cost(@Nullable Cost cost, ToDoubleFunction<Cost> figure) {
        return cost == null ? "-" : whole(figure.applyAsDouble(cost));
    }

    private static String figure(double value) {
        return value < 100 ? millis(value) : whole(value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
