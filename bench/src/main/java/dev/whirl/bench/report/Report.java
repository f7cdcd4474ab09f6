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

    /// Calls of ours that failed, one sentence for each scenario. Where a load is more than can be sent in time, that
    /// is no failure.
    public List<String> failedCalls() {
        return parts.stream()
                .filter(part -> part.platform().equals(PartReport.WHIRL))
                .flatMap(part -> part.rounds().stream()
                        .flatMap(round -> round.rows().stream())
                        .filter(row -> row.failures() > 0)
                        .map(row -> "%d of %d calls of %s/%s failed: %s"
                                .formatted(row.failures(), row.calls(), part.part(), row.name(), row.errorText())))
                .toList();
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
