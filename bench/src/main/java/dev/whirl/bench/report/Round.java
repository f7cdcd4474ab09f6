package dev.whirl.bench.report;

import java.util.List;
import java.util.stream.Stream;

/// One repetition of a part: what was called, and figures that were found in another way or made of several rows.
public record Round(List<Measurement> rows, List<Figure> figures) {
    public Round {
        rows = List.copyOf(rows);
        figures = List.copyOf(figures);
    }

    /// Every number of the repetition.
    public List<Figure> all() {
        return Stream.concat(rows.stream().flatMap(row -> row.figures().stream()), figures.stream())
                .toList();
    }
}
