package dev.whirl.bench;

import dev.whirl.bench.Options.Part;
import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.process.Wrk;
import dev.whirl.bench.report.ColdMeasurement;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Ratio;
import dev.whirl.bench.report.Report;
import dev.whirl.bench.report.StartUp;
import dev.whirl.bench.report.StepCost;
import dev.whirl.bench.scenario.ColdSuite;
import dev.whirl.bench.scenario.Scenario;
import dev.whirl.bench.scenario.Scenarios;
import dev.whirl.bench.scenario.StartUpSuite;
import dev.whirl.bench.scenario.Target;
import dev.whirl.bench.scenario.WarmPlan;
import dev.whirl.bench.scenario.WarmSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Runs the parts that were asked for, each against a server of its own or all against the one that was given.
final class Bench {
    private static final int WRK_CONNECTIONS = 8;
    private static final Duration WRK_TIME = Duration.ofSeconds(2);

    private final Options options;
    private final Plans plans;
    private final Consumer<String> progress;
    private final String prefix = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final List<String> notes = new ArrayList<>();

    Bench(Options options, Consumer<String> progress) {
        this.options = options;
        this.plans = Plans.of(options);
        this.progress = progress;
    }

    Report run() throws IOException, InterruptedException {
        List<Measurement> warm = options.measures(Part.warm) ? onTarget(this::warm) : List.of();
        List<Measurement> sequence = options.measures(Part.sequence) ? onTarget(this::sequence) : List.of();
        List<Measurement> web = options.measures(Part.web) ? onTarget(this::web) : List.of();
        List<Measurement> fire = options.measures(Part.fire) ? onTarget(this::fire) : List.of();
        List<ColdMeasurement> cold = options.measures(Part.cold) ? onTarget(this::cold) : List.of();
        List<StartUp> start = options.measures(Part.start) ? start() : List.of();
        return new Report(
                Stream.of(warm, sequence, web, fire).flatMap(List::stream).toList(),
                ratios(warm, web, fire),
                steps(sequence),
                cold,
                start,
                notes);
    }

    private static List<Ratio> ratios(List<Measurement> warm, List<Measurement> web, List<Measurement> fire) {
        return Stream.of(
                        Ratio.ofLatency(warm, Scenarios.NODE_ONE, Scenarios.BARE_ONE),
                        Ratio.ofLatency(warm, Scenarios.NODE_MANY, Scenarios.BARE_ONE),
                        Ratio.ofRate(warm, Scenarios.NODE_ONE, Scenarios.BARE_TWO),
                        Ratio.ofRate(warm, Scenarios.NODE_MANY, Scenarios.BARE_ONE),
                        Ratio.ofLatency(web, Scenarios.WEB, Scenarios.NODE_MANY),
                        Ratio.ofRate(web, Scenarios.WEB, Scenarios.NODE_MANY),
                        Ratio.ofLatency(fire, Scenarios.FIRE, Scenarios.ACCEPT),
                        Ratio.ofRate(fire, Scenarios.FIRE, Scenarios.ACCEPT))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<StepCost> steps(List<Measurement> sequence) {
        return Stream.of(Scenarios.SEQUENCE_SAME, Scenarios.SEQUENCE_OTHER)
                .flatMap(name ->
                        StepCost.of(sequence, name, Scenarios.STEPS, Scenarios.NODE_ONE, Scenarios.BARE_ONE).stream())
                .toList();
    }

    /// Something that is measured on a running platform.
    private interface Suite<T> {
        List<T> run(Target target) throws IOException, InterruptedException;
    }

    private <T> List<T> onTarget(Suite<T> suite) throws IOException, InterruptedException {
        String apihost = options.apihost;
        if (apihost != null) {
            return suite.run(new Target(Endpoint.parse(apihost), options.auth, options.serverPid));
        }
        try (ServerProcess server = ServerProcess.start(options.server())) {
            Duration ready = server.awaitReady();
            progress.accept("server on %s, ready after %d ms".formatted(server.endpoint(), ready.toMillis()));
            return suite.run(new Target(server.endpoint(), options.auth, server.id()));
        }
    }

    private List<Measurement> warm(Target target) throws IOException, InterruptedException {
        WarmPlan plan = plans.warm();
        List<Scenario> scenarios = Scenarios.warm(prefix, plan.connections(), plan.callsPerSecond());
        List<Measurement> results = new WarmSuite(target, plan, progress).run(scenarios);
        Wrk.ping(target.endpoint(), WRK_CONNECTIONS, WRK_TIME)
                .ifPresentOrElse(
                        result -> notes.add(String.format(
                                Locale.ROOT,
                                "cross-check: wrk, 1 thread, %d connections on /ping: %.0f calls/s, %.0f µs of its CPU a call",
                                WRK_CONNECTIONS,
                                result.perSecond(),
                                result.microsPerCall())),
                        () -> notes.add("no cross-check: wrk is not installed"));
        return results;
    }

    private List<Measurement> sequence(Target target) throws IOException, InterruptedException {
        return new WarmSuite(target, plans.sequence(), progress).run(Scenarios.sequence(prefix));
    }

    private List<Measurement> web(Target target) throws IOException, InterruptedException {
        WarmPlan plan = plans.comparison();
        return new WarmSuite(target, plan, progress).run(Scenarios.web(prefix, plan.connections()));
    }

    private List<Measurement> fire(Target target) throws IOException, InterruptedException {
        WarmPlan plan = plans.comparison();
        return new WarmSuite(target, plan, progress).run(Scenarios.fire(prefix, plan.connections()));
    }

    private List<ColdMeasurement> cold(Target target) throws IOException, InterruptedException {
        return new ColdSuite(target, plans.cold(), prefix, progress).run();
    }

    private List<StartUp> start() throws IOException, InterruptedException {
        if (options.apihost != null) {
            notes.add("start: left out, because the server was given with --apihost");
            return List.of();
        }
        return new StartUpSuite(options.server(), options.auth, progress).run(plans.starts());
    }
}
