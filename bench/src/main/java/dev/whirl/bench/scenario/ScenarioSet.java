package dev.whirl.bench.scenario;

import dev.whirl.bench.report.Derived;
import java.util.List;

/// Scenarios that are measured together, and what is made of their figures.
public record ScenarioSet(List<Scenario> scenarios, List<Derived> derived) {
    public ScenarioSet {
        scenarios = List.copyOf(scenarios);
        derived = List.copyOf(derived);
    }
}
