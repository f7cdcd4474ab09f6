package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareLoop;
import dev.whirl.bench.bare.BareRuntime;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Bare runtimes that are processes of this machine.
public final class BareProcesses implements BareRuns {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final List<String> command;
    private final Map<Subject, List<BareRuntime>> running = new HashMap<>();

    /// @param command starts a bare Node runtime
    public BareProcesses(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Measurement run(Scenario scenario, Duration time, Function function, int processes)
            throws IOException, InterruptedException {
        List<BareRuntime> runtimes = runtimes(scenario, Collections.nCopies(processes, function));
        int inFlight = Math.max(1, scenario.load().connections() / processes);
        return measure(scenario, time, runtimes, each -> BareLoop.run(runtimes, inFlight, RUN_DOCUMENT, each));
    }

    @Override
    public Measurement runMany(Scenario scenario, Duration time, List<Function> functions)
            throws IOException, InterruptedException {
        List<BareRuntime> runtimes = runtimes(scenario, functions);
        int callers = scenario.load().connections();
        return measure(scenario, time, runtimes, each -> BareLoop.runAny(runtimes, callers, RUN_DOCUMENT, each));
    }

    private interface Loop {
        LoadResult run(Duration time) throws InterruptedException;
    }

    private static Measurement measure(Scenario scenario, Duration time, List<BareRuntime> runtimes, Loop loop)
            throws InterruptedException {
        var _ = loop.run(WARM_UP);
        List<ProcessTree> before = trees(runtimes);
        LoadResult result = loop.run(time);
        Cost cost = Cost.ofRuntimes(before, trees(runtimes), result.calls());
        return Measurement.of(scenario.name(), scenario.load().label(), result, cost);
    }

    private List<BareRuntime> runtimes(Scenario scenario, List<Function> functions) throws IOException {
        List<BareRuntime> runtimes = running.computeIfAbsent(scenario.subject(), _ -> new ArrayList<>());
        for (Function function : functions.subList(runtimes.size(), functions.size())) {
            runtimes.add(BareRuntime.start(command, function.initDocument(), LONGEST_LIFE));
        }
        return runtimes;
    }

    private static List<ProcessTree> trees(List<BareRuntime> runtimes) {
        return runtimes.stream()
                .flatMap(runtime -> ProcessTree.of(runtime.id()).stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (List<BareRuntime> runtimes : running.values()) {
            for (BareRuntime runtime : runtimes) {
                runtime.close();
            }
        }
        running.clear();
    }
}
