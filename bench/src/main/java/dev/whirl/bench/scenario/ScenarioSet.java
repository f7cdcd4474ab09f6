package dev.whirl.bench.scenario;

import dev.whirl.bench.report.Derived;
import java.util.List;
import java.util.stream.Stream;

/// Scenarios that are measured together, and what is made of their figures.
public record ScenarioSet(List<Scenario> scenarios, List<Derived> derived) {
    public ScenarioSet {
        scenarios = List.copyOf(scenarios);
        derived = List.copyOf(derived);
    }

    /// The same with one more figure.
    ScenarioSet with(Derived more) {
        return new ScenarioSet(
                scenarios, Stream.concat(derived.stream(), Stream.of(more)).toList());
    }
}
