package dev.whirl.bench.report;

import java.util.List;

/// All that a run found.
///
/// @param failures which parts could not be measured, and why
public record Report(List<PartReport> parts, List<String> notes, List<String> failures) {
    public Report {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }

    /// Of a run in which every part was measured.
    public Report(List<PartReport> parts, List<String> notes) {
        this(parts, notes, List.of());
    }

    /// Whether every part was measured, and every scenario had at least one call that succeeded.
    public boolean isComplete() {
        return failures.isEmpty()
                && parts.stream()
                        .flatMap(part -> part.rounds().stream())
                        .flatMap(round -> round.rows().stream())
                        .allMatch(row -> row.successes() > 0);
    }
}
