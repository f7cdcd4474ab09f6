package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Measures calls of functions that have been called before, and the ceilings beside them.
public final class WarmSuite {
    private static final int FIRST_WARM_UP = 3;

    private final Target target;
    private final WarmPlan plan;
    private final Consumer<String> progress;
    private final Runs runs;

    /// @param progress is told what goes on
    public WarmSuite(Target target, WarmPlan plan, Consumer<String> progress) {
        this.target = target;
        this.plan = plan;
        this.progress = progress;
        this.runs = new Runs(target, plan.bareCommand());
    }

    /// Runs all scenarios, one after another; what they call is created before and deleted after.
    public List<Measurement> run(List<Scenario> scenarios) throws IOException, InterruptedException {
        List<Entity> entities = entitiesOf(scenarios);
        try (var api = new Api(target.endpoint(), target.auth())) {
            try {
                for (Entity entity : entities) {
                    Deployment.create(api, entity);
                }
                return measureAll(scenarios);
            } finally {
                for (Entity entity : entities.reversed()) {
                    Deployment.delete(api, entity);
                }
            }
        }
    }

    private List<Measurement> measureAll(List<Scenario> scenarios) throws IOException, InterruptedException {
        long end = System.nanoTime() + plan.longest().toNanos();
        List<Measurement> results = new ArrayList<>();
        Set<String> warm = new HashSet<>();
        for (Scenario scenario : scenarios) {
            if (System.nanoTime() > end) {
                progress.accept("left out, the time is over: " + scenario.name());
                continue;
            }
            warmUp(scenario, warm.add(scenario.name()));
            Measurement result = runs.run(scenario, plan.time());
            progress.accept(result.toLine());
            results.add(result);
        }
        return results;
    }

    /// Bare processes are new each time and warm up in their own run.
    private void warmUp(Scenario scenario, boolean isFirst) throws IOException, InterruptedException {
        if (scenario.subject() instanceof Subject.Bare) {
            return;
        }
        if (isFirst) {
            var _ = runs.run(heaviest(scenario), plan.warmUp().multipliedBy(FIRST_WARM_UP));
        }
        var _ = runs.run(scenario, plan.warmUp());
    }

    /// The same subject under the heaviest load of the plan.
    private Scenario heaviest(Scenario scenario) {
        int most = plan.connections().stream().mapToInt(Integer::intValue).max().orElse(1);
        return new Scenario(scenario.name(), scenario.subject(), new Load.Closed(most));
    }

    private static List<Entity> entitiesOf(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(scenario -> scenario.subject().entities().stream())
                .distinct()
                .toList();
    }
}
