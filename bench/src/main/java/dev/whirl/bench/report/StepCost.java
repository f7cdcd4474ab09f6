package dev.whirl.bench.report;

import java.util.List;
import java.util.Optional;

/// What a step of a sequence costs over the hop to a bare runtime, from figures of the same run with one caller. What
/// the call of a single function costs beside its hop (HTTP, who may, the record) counts once for the whole sequence.
public record StepCost(String sequence, int steps, double bareMillis, double singleMillis, double sequenceMillis) {
    public double overheadMillisPerStep() {
        double once = singleMillis - bareMillis;
        return (sequenceMillis - once) / steps - bareMillis;
    }

    /// From the p50 of three scenarios; nothing if one is missing.
    public static Optional<StepCost> of(List<Measurement> all, String sequence, int steps, String single, String bare) {
        Optional<Double> ceiling = p50(all, bare);
        Optional<Double> one = p50(all, single);
        Optional<Double> whole = p50(all, sequence);
        return ceiling.isPresent() && one.isPresent() && whole.isPresent()
                ? Optional.of(new StepCost(sequence, steps, ceiling.get(), one.get(), whole.get()))
                : Optional.empty();
    }

    private static Optional<Double> p50(List<Measurement> all, String scenario) {
        return all.stream()
                .filter(row -> row.scenario().equals(scenario) && row.load().equals("1"))
                .findFirst()
                .map(row -> row.latencies().p50Millis());
    }
}
