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

/// Runs scenarios against bare runtime processes. They are started and warmed up when they are first needed, and live
/// until this is closed.
final class BareRuns implements AutoCloseable {
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private final List<String> command;
    private final Map<Subject, List<BareRuntime>> running = new HashMap<>();

    /// @param command starts a bare Node runtime
    BareRuns(List<String> command) {
        this.command = List.copyOf(command);
    }

    /// Each process has its share of the calls in flight.
    Measurement run(Scenario scenario, Duration time, Function function, int processes)
            throws IOException, InterruptedException {
        List<BareRuntime> runtimes = runtimes(scenario, Collections.nCopies(processes, function));
        int inFlight = Math.max(1, scenario.load().connections() / processes);
        return measure(scenario, time, runtimes, each -> BareLoop.run(runtimes, inFlight, runDocument(), each));
    }

    /// Each connection calls one process after another, at random.
    Measurement runMany(Scenario scenario, Duration time, List<Function> functions)
            throws IOException, InterruptedException {
        List<BareRuntime> runtimes = runtimes(scenario, functions);
        int callers = scenario.load().connections();
        return measure(scenario, time, runtimes, each -> BareLoop.runAny(runtimes, callers, runDocument(), each));
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

    /// The document that an invoker would send for the same call.
    private static String runDocument() {
        return """
                {"value":%s,"activation_id":"0123456789abcdef0123456789abcdef","action_name":"/guest/echo",\
                "action_version":"0.0.1","namespace":"guest","transaction_id":"bench","deadline":"4102444800000"}""".formatted(Calls.PAYLOAD);
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
