package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareStart;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Which first calls are measured, and whether the start of a bare interpreter is measured beside them.
///
/// @param bareStart the command of an interpreter that ends at once; empty for none
public record ColdSet(List<String> kinds, List<ColdWay> ways, List<String> bareStart) {
    private static final int STARTS = 10;

    public ColdSet {
        kinds = List.copyOf(kinds);
        ways = List.copyOf(ways);
        bareStart = List.copyOf(bareStart);
    }

    /// Functions that find a stem cell, and so many in a row that they find none.
    public static ColdSet stemCells() {
        return new ColdSet(
                List.of(Scenarios.NODE, Scenarios.PYTHON), List.of(ColdWay.STEM_CELL, ColdWay.BACK_TO_BACK), List.of());
    }

    /// Functions on a platform that keeps no stem cells, and the start of a bare Node beside them.
    public static ColdSet noStemCells(String node) {
        return new ColdSet(
                List.of(Scenarios.PYTHON, Scenarios.NODE, Scenarios.JAVA),
                List.of(ColdWay.NO_STEM_CELL),
                List.of(node, "-e", "0"));
    }

    /// A repetition with what is measured beside its rows.
    Round completed(List<Measurement> rows) throws IOException, InterruptedException {
        if (bareStart.isEmpty()) {
            return new Round(rows, List.of());
        }
        double bare = BareStart.medianMillis(bareStart, STARTS);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("bare-node-start-ms", bare));
        rows.stream()
                .filter(row -> row.scenario().startsWith(Function.family(Scenarios.NODE)))
                .map(row ->
                        new Figure("node-over-bare-start-ms", row.latencies().p50Millis() - bare))
                .forEach(figures::add);
        return new Round(rows, figures);
    }
}
