package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareLoop;
import dev.whirl.bench.bare.BareRuntime;
import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadPlan;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs one scenario for a time: against a platform, or against bare processes that it starts and stops.
final class Runs {
    static final String PAYLOAD = "{\"name\":\"Whirl\",\"count\":42,\"tags\":[\"a\",\"b\"]}";

    private static final Duration SPARE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Target target;
    private final List<String> bareCommand;

    Runs(Target target, List<String> bareCommand) {
        this.target = target;
        this.bareCommand = bareCommand;
    }

    Measurement run(Scenario scenario, Duration time) throws IOException, InterruptedException {
        try (var api = new Api(target.endpoint(), target.auth())) {
            var plan = new LoadPlan(scenario.load(), time, OK);
            var accepting = new LoadPlan(scenario.load(), time, ACCEPTED);
            return switch (scenario.subject()) {
                case Subject.Ping _ -> overHttp(scenario, plan, Request.get(target.endpoint(), "/ping"));
                case Subject.Invoke(var function) ->
                    overHttp(scenario, plan, api.blockingInvoke(function.name(), PAYLOAD));
                case Subject.Sequence sequence ->
                    overHttp(scenario, plan, api.blockingInvoke(sequence.name(), PAYLOAD));
                case Subject.Web(var function) -> overHttp(scenario, plan, api.web(function.name(), PAYLOAD));
                case Subject.Accept(var function) ->
                    overHttp(scenario, accepting, api.invoke(function.name(), PAYLOAD));
                case Subject.Fire fire -> overHttp(scenario, accepting, api.fire(fire.trigger(), PAYLOAD));
                case Subject.Bare(var function, var processes) -> bare(scenario, time, function, processes);
            };
        }
    }

    private Measurement overHttp(Scenario scenario, LoadPlan plan, Request request) throws InterruptedException {
        Optional<ProcessTree> before = target.processes();
        LoadResult result = LoadGenerator.run(plan, HttpCaller.source(target.endpoint(), request));
        Cost cost = before.flatMap(
                        earlier -> target.processes().map(later -> Cost.between(earlier, later, result.calls())))
                .orElse(null);
        return Measurement.of(scenario.name(), scenario.load().label(), result, cost);
    }

    private Measurement bare(Scenario scenario, Duration time, Function function, int processes)
            throws IOException, InterruptedException {
        int inFlight = Math.max(1, scenario.load().connections() / processes);
        List<BareRuntime> runtimes = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                runtimes.add(BareRuntime.start(
                        bareCommand,
                        function.initDocument(),
                        time.multipliedBy(2).plus(SPARE)));
            }
            var _ = BareLoop.run(runtimes, inFlight, runDocument(), time.dividedBy(2));
            List<ProcessTree> before = trees(runtimes);
            LoadResult result = BareLoop.run(runtimes, inFlight, runDocument(), time);
            Cost cost = Cost.ofRuntimes(before, trees(runtimes), result.calls());
            return Measurement.of(scenario.name(), scenario.load().label(), result, cost);
        } finally {
            for (BareRuntime runtime : runtimes) {
                runtime.close();
            }
        }
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
                "action_version":"0.0.1","namespace":"guest","transaction_id":"bench","deadline":"4102444800000"}""".formatted(PAYLOAD);
    }
}
