package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.DurableWrites;
import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadPlan;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.process.PlatformProcesses;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// Runs one scenario for a time: against a platform, or against bare processes. Closing ends those.
final class Runs implements AutoCloseable {
    private final Target target;
    private final BareRuns bareRuns;
    private final Api api;
    private long seed;

    Runs(Target target, BareRuns bareRuns) {
        this.target = target;
        this.bareRuns = bareRuns;
        this.api = new Api(target.endpoint(), target.auth());
    }

    Target target() {
        return target;
    }

    Measurement run(Scenario scenario, Duration time) throws IOException, InterruptedException {
        return switch (scenario.subject()) {
            case Subject.Bare(var function, var processes) -> bareRuns.run(scenario, time, function, processes);
            case Subject.BareMany(var functions) -> bareRuns.runMany(scenario, time, functions);
            case Subject.DurableWrite() ->
                Measurement.of(scenario.name(), scenario.load().label(), DurableWrites.run(time), null);
            case Subject.Accept(var function) -> accepting(scenario, time, function);
            default -> overHttp(scenario, time);
        };
    }

    /// What was accepted and has no record within reason counts as failed.
    private Measurement accepting(Scenario scenario, Duration time, Function function)
            throws IOException, InterruptedException {
        var records = new Records(api, function.name());
        Measurement measured = overHttp(scenario, time);
        return measured.withErrors(Records.MISSING, records.missing(measured.successes()));
    }

    private Measurement overHttp(Scenario scenario, Duration time) throws IOException, InterruptedException {
        int connections = scenario.load().connections();
        Calls calls = Calls.of(scenario.subject(), api, connections, seed);
        seed += connections;
        var plan = new LoadPlan(scenario.load(), time, calls.expectedStatus());
        Map<PlatformProcesses.Member, ProcessTree> before = target.processes();
        LoadResult result = LoadGenerator.run(plan, HttpCaller.source(endpoint(scenario.subject()), calls.requests()));
        Cost cost = Cost.between(before, target.processes(), result.calls()).orElse(null);
        return Measurement.of(scenario.name(), scenario.load().label(), result, cost);
    }

    private Endpoint endpoint(Subject subject) {
        return subject instanceof Subject.ThroughGateway(var gateway, var _) ? gateway : target.endpoint();
    }

    @Override
    public void close() throws IOException {
        bareRuns.close();
        api.close();
    }
}
