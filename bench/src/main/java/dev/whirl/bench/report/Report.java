package dev.whirl.bench.report;

import java.util.List;

/// All that a run found.
public record Report(List<PartReport> parts, List<String> notes) {
    public Report {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    /// Whether every part was measured, and every scenario had at least one call that succeeded.
    public boolean isComplete() {
        return parts.stream()
                .flatMap(part -> part.rounds().stream())
                .flatMap(round -> round.rows().stream())
                .allMatch(row -> row.successes() > 0);
    }
}
