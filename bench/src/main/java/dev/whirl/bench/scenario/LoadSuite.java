package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.Derived;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Measures scenarios under load, each with what it calls already warm, and ceilings beside them.
public final class LoadSuite implements Suite {
    private final ScenarioSet set;
    private final LoadTimes times;
    private final Supplier<BareRuns> bare;
    private final Consumer<String> progress;

    /// @param bare makes what runs bare Node runtimes
    /// @param progress is told what goes on
    public LoadSuite(ScenarioSet set, LoadTimes times, Supplier<BareRuns> bare, Consumer<String> progress) {
        this.set = set;
        this.times = times;
        this.bare = bare;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        Set<Entity> created = new LinkedHashSet<>();
        try (var api = new Api(target.endpoint(), target.auth());
                var runs = new Runs(target, bare.get())) {
            try {
                return measureAll(deployed(api, target, created), runs);
            } finally {
                for (Entity entity : new ArrayList<>(created).reversed()) {
                    Deployment.delete(api, entity);
                }
            }
        }
    }

    /// The scenarios whose subjects could be created. A platform of others need not allow everything; ours must.
    private List<Scenario> deployed(Api api, Target target, Set<Entity> created) throws IOException {
        List<Scenario> possible = new ArrayList<>();
        for (Scenario scenario : set.scenarios()) {
            try {
                for (Entity entity : scenario.subject().entities()) {
                    if (!created.contains(entity)) {
                        Deployment.create(api, entity);
                        created.add(entity);
                    }
                }
                possible.add(scenario);
            } catch (RefusedException refused) {
                if (target.isOurs()) {
                    throw refused;
                }
                progress.accept("left out, " + refused.getMessage() + ": " + scenario.name());
            }
        }
        return possible;
    }

    private List<Round> measureAll(List<Scenario> scenarios, Runs runs) throws IOException, InterruptedException {
        long end = System.nanoTime() + times.longest().toNanos();
        List<Round> rounds = new ArrayList<>();
        Set<Subject> warm = new HashSet<>();
        while (rounds.isEmpty() || (rounds.size() < times.rounds() && System.nanoTime() < end)) {
            List<Measurement> rows = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                warmUp(scenario, warm.add(scenario.subject()), runs);
                Measurement row = runs.run(scenario, times.time());
                progress.accept(row.toLine());
                rows.add(row);
            }
            rounds.add(Derived.round(rows, set.derived()));
        }
        return rounds;
    }

    /// Bare runtimes warm up in their own run.
    private void warmUp(Scenario scenario, boolean isFirst, Runs runs) throws IOException, InterruptedException {
        if (scenario.subject() instanceof Subject.Bare || scenario.subject() instanceof Subject.BareMany) {
            return;
        }
        if (isFirst) {
            Scenario heaviest = heaviest(scenario);
            times.warmUp().until(time -> runs.run(heaviest, time), runs.target()::compilerTime);
        }
        var _ = runs.run(scenario, times.warmUp().slice());
    }

    /// The same subject under the heaviest load of the set; at a fixed rate it is that rate.
    private Scenario heaviest(Scenario scenario) {
        if (scenario.load() instanceof Load.Open) {
            return scenario;
        }
        int most = set.scenarios().stream()
                .mapToInt(each -> each.load().connections())
                .max()
                .orElse(1);
        return new Scenario(scenario.name(), scenario.subject(), new Load.Closed(most));
    }
}
