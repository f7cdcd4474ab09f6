package dev.whirl.bench.report;

import java.util.List;

/// All that a run found.
public record Report(
        List<Measurement> warm,
        List<Ratio> ratios,
        List<StepCost> steps,
        List<ColdMeasurement> cold,
        List<StartUp> start,
        List<String> notes) {
    public Report {
        warm = List.copyOf(warm);
        ratios = List.copyOf(ratios);
        steps = List.copyOf(steps);
        cold = List.copyOf(cold);
        start = List.copyOf(start);
        notes = List.copyOf(notes);
    }

    /// Whether every scenario had at least one call that succeeded.
    public boolean isComplete() {
        return warm.stream().allMatch(row -> row.perSecond() > 0)
                && cold.stream().allMatch(row -> row.p50Millis() > 0);
    }
}
