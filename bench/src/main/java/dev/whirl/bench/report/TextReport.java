package dev.whirl.bench.report;

import dev.whirl.bench.report.Promises.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The report for people: medians over the repetitions, and how far they lie apart.
public final class TextReport {
    private static final String LEGEND = """
            load: connections of a closed loop, or connections @ fixed rate. µs: processor time for one call.
            server: in a cluster its controllers and invokers together; what else it consists of is told apart.
            MB: resident memory; PSS: that of the runtimes with shared pages counted once.
            ±: 1.5 times the median distance of the repetitions from their median, of the rate; at a fixed rate, of the p50.
            """;

    private TextReport() {}

    public static String of(Report report, List<Verdict> verdicts) {
        List<String> sections = new ArrayList<>();
        report.parts().forEach(part -> sections.addAll(part(part)));
        List<Comparison> comparisons = Comparison.of(report);
        if (!comparisons.isEmpty()) {
            sections.add(Comparison.table(comparisons));
        }
        if (!verdicts.isEmpty()) {
            sections.add(verdicts(verdicts));
        }
        if (!report.notes().isEmpty()) {
            sections.add(String.join("\n", report.notes()) + "\n");
        }
        boolean hasRows = report.parts().stream().anyMatch(part -> !rows(part).isEmpty());
        return String.join("\n", sections) + (hasRows ? "\n" + LEGEND : "");
    }

    private static List<String> part(PartReport part) {
        List<String> sections = new ArrayList<>();
        if (!rows(part).isEmpty()) {
            sections.add(calls(part));
        }
        List<String> roles = roles(part);
        if (!roles.isEmpty()) {
            sections.add(apart(part, roles));
        }
        String figures = figures(part);
        if (!figures.isEmpty()) {
            sections.add(figures);
        }
        return sections;
    }

    private static String title(PartReport part) {
        return part.part() + (part.platform().equals(PartReport.WHIRL) ? "" : " on " + part.platform());
    }

    private static String calls(PartReport part) {
        var table = new Table(
                1,
                title(part),
                "load",
                "calls/s",
                "±%",
                "p50 ms",
                "p95",
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
        rows(part).values().forEach(repetitions -> addCalls(table, new MeasurementMedians(repetitions)));
        return table.render();
    }

    private static List<String> roles(PartReport part) {
        return rows(part).values().stream()
                .flatMap(List::stream)
                .flatMap(row -> Stream.ofNullable(row.cost()))
                .flatMap(cost -> cost.apart().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// What each role of a cluster used while the calls ran. A database may write their records later.
    private static String apart(PartReport part, List<String> roles) {
        var headings = new ArrayList<>(List.of(title(part) + ", by role", "load"));
        roles.forEach(role -> headings.add(role + " µs"));
        var table = new Table(1, headings.toArray(String[]::new));
        rows(part).values().stream().map(MeasurementMedians::new).forEach(row -> {
            var cells =
                    new ArrayList<>(List.of(row.first().scenario(), row.first().load()));
            roles.forEach(role ->
                    cells.add(orDash(row.ofCost(cost -> cost.apart().getOrDefault(role, 0.0)))));
            table.add(cells.toArray(String[]::new));
        });
        return table.render();
    }

    private static Map<String, List<Measurement>> rows(PartReport part) {
        Map<String, List<Measurement>> rows = new LinkedHashMap<>();
        part.rounds().stream()
                .flatMap(round -> round.rows().stream())
                .forEach(row ->
                        rows.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row));
        return rows;
    }

    private static void addCalls(Table table, MeasurementMedians row) {
        table.add(
                row.first().scenario(),
                row.first().load(),
                whole(row.of(Measurement::perSecond)),
                whole(row.spread() * 100),
                millis(row.ofLatency(Latencies::p50Millis)),
                millis(row.ofLatency(Latencies::p95Millis)),
                millis(row.ofLatency(Latencies::p99Millis)),
                millis(row.ofLatency(Latencies::p999Millis)),
                millis(row.ofLatency(Latencies::maxMillis)),
                row.errorText(),
                orDash(row.ofCost(Cost::serverMicrosPerCall)),
                orDash(row.ofCost(Cost::runtimesMicrosPerCall)),
                whole(row.of(Measurement::generatorMicrosPerCall)),
                orDash(row.ofCost(Cost::serverResidentMb)),
                orDash(row.ofCost(Cost::runtimesResidentMb)),
                orDash(row.ofCost(Cost::runtimesProportionalMb)));
    }

    /// What was found beside the calls.
    private static String figures(PartReport part) {
        List<String> names = part.rounds().stream()
                .flatMap(round -> round.figures().stream())
                .map(Figure::name)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return "";
        }
        var table = new Table(1, title(part) + ", figures", "median", "±%");
        names.stream().map(part::series).flatMap(Optional::stream).forEach(series -> {
            table.add(series.name(), number(series.median()), whole(series.spread() * 100));
        });
        return table.render();
    }

    /// Promises beside what was measured.
    private static String verdicts(List<Verdict> verdicts) {
        var table = new Table(2, "promise", "of", "bound", "measured", "±%", "", "aim");
        for (Verdict verdict : verdicts) {
            Promise promise = verdict.promise();
            table.add(
                    promise.figure(),
                    promise.what(),
                    promise.boundText(),
                    number(verdict.counted()),
                    whole(verdict.measured().spread() * 100),
                    verdict.word(),
                    verdict.aimWord());
        }
        return table.render();
    }

    private static String orDash(Optional<Double> value) {
        return value.map(TextReport::whole).orElse("-");
    }

    static String number(double value) {
        return Math.abs(value) < 100 ? millis(value) : whole(value);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
