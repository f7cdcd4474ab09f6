package dev.whirl.bench;

import dev.whirl.bench.http.Endpoint;
import dev.whirl.bench.process.DataFolder;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.process.Wrk;
import dev.whirl.bench.report.PartReport;
import dev.whirl.bench.report.Report;
import dev.whirl.bench.report.Round;
import dev.whirl.bench.scenario.CliSuite;
import dev.whirl.bench.scenario.ColdSet;
import dev.whirl.bench.scenario.ColdSuite;
import dev.whirl.bench.scenario.GatewaySuite;
import dev.whirl.bench.scenario.LoadSuite;
import dev.whirl.bench.scenario.LoadTimes;
import dev.whirl.bench.scenario.MemorySuite;
import dev.whirl.bench.scenario.ScaleSuite;
import dev.whirl.bench.scenario.ScenarioSet;
import dev.whirl.bench.scenario.Scenarios;
import dev.whirl.bench.scenario.ShortSuite;
import dev.whirl.bench.scenario.StartUpSuite;
import dev.whirl.bench.scenario.Suite;
import dev.whirl.bench.scenario.SustainedSuite;
import dev.whirl.bench.scenario.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs the parts that were asked for, each against a server of its own, or all against the one that was given, or
/// each against both.
final class Bench {
    private static final int OPEN_CONNECTIONS = 64;
    private static final List<Integer> FEW_RATES = List.of(250, 1000, 4000);
    private static final List<Integer> RATES = List.of(250, 500, 1000, 2000, 3000, 4000, 5000, 6000, 8000);
    private static final Duration LONG = Duration.ofSeconds(20);

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

    /// A part that can't be measured ends itself and not the run: what took half an hour is not thrown away.
    Report run() throws InterruptedException {
        List<PartReport> reports = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Part part : options.parts()) {
            if (options.apihost != null && part.needsOurServer()) {
                leaveOut(part);
            } else {
                try {
                    reports.add(new PartReport(options.label(part), PartReport.WHIRL, measure(part)));
                } catch (IOException failed) {
                    failures.add("%s could not be measured: %s".formatted(part.label(), failed.getMessage()));
                }
            }
            String against = options.against;
            if (against != null && part.needsOurServer()) {
                leaveOut(part);
            } else if (against != null) {
                measureOther(part, Endpoint.parse(against)).ifPresent(reports::add);
            }
        }
        return new Report(reports, notes, failures);
    }

    private void leaveOut(Part part) {
        notes.add(part.label() + ": left out of the given server, because it needs one that is started for it");
    }

    private List<Round> measure(Part part) throws IOException, InterruptedException {
        String apihost = options.apihost;
        if (apihost != null) {
            return suite(part).run(given(Endpoint.parse(apihost), true));
        }
        ServerCommand command = options.server(part.settings());
        if (part.startsServers()) {
            return startingServers(part, command);
        }
        try (DataFolder folder = DataFolder.create();
                ServerProcess server = ServerProcess.start(command, folder)) {
            Duration ready = server.awaitReady();
            progress.accept("server on %s, ready after %d ms".formatted(server.endpoint(), ready.toMillis()));
            Target target = Target.of(server, Options.GUEST_KEY);
            return suite(part).run(part.looksAtMetrics() ? target.withOperator(operatorKey(server)) : target);
        }
    }

    private Target given(Endpoint endpoint, boolean isOurs) throws IOException {
        return new Target(endpoint, options.auth, options.processes(), isOurs, null);
    }

    private static String operatorKey(ServerProcess server) throws IOException {
        return server.operatorKey().orElseThrow(() -> new IOException("the server's metrics can't be read"));
    }

    private List<Round> startingServers(Part part, ServerCommand command) throws IOException, InterruptedException {
        return part == Part.START
                ? new StartUpSuite(command, Options.GUEST_KEY, progress).run(plans.repeat(), plans.manyActions())
                : new MemorySuite(command, Options.GUEST_KEY, plans.soak(), progress).run(plans.repeat());
    }

    /// What goes wrong on a server of others ends its part and not the run.
    private Optional<PartReport> measureOther(Part part, Endpoint endpoint) throws InterruptedException {
        try {
            progress.accept("%s on %s".formatted(part.label(), endpoint));
            Target target = given(endpoint, false);
            return Optional.of(new PartReport(
                    options.label(part), endpoint.toString(), suite(part).run(target)));
        } catch (IOException failed) {
            notes.add("%s on %s: %s".formatted(part.label(), endpoint, failed.getMessage()));
            return Optional.empty();
        }
    }

    private Suite suite(Part part) {
        LoadTimes times = plans.loads();
        return switch (part) {
            case WARM -> crossChecked(loads(Scenarios.warm(prefix, plans.connections(), plans.steadyRate()), times));
            case LOGS -> loads(Scenarios.logs(prefix, plans.heaviest()), times);
            case NONBLOCKING -> loads(Scenarios.nonblocking(prefix, OPEN_CONNECTIONS, plans.acceptRate()), times);
            case WEB -> loads(Scenarios.web(prefix, plans.connections()), times);
            case GATEWAY ->
                new GatewaySuite(options.server(part.settings()), prefix, plans.connections(), times, progress);
            case SEQUENCE -> loads(Scenarios.sequence(prefix), times);
            case FIRE -> loads(Scenarios.fire(prefix, plans.connections()), times);
            case API -> loads(Scenarios.api(prefix), times);
            case LOAD -> loads(Scenarios.load(prefix, OPEN_CONNECTIONS, options.isQuick ? FEW_RATES : RATES), times);
            case MANY_NODE -> loads(Scenarios.manyNode(prefix), times);
            case MANY_PYTHON -> loads(Scenarios.manyPython(prefix), options.isQuick ? times : times.atLeast(LONG));
            case COLD -> new ColdSuite(ColdSet.stemCells(), plans.cold(), prefix, progress);
            case NO_STEM_CELL -> new ColdSuite(ColdSet.noStemCells(options.node), plans.cold(), prefix, progress);
            case SUSTAINED -> new SustainedSuite(plans.sustained(), plans.repeat(), options.node, prefix, progress);
            case CLI -> new CliSuite(options.wsk(), plans.cold().count(), plans.repeat(), prefix, progress);
            case SCALE -> new ScaleSuite(plans.sizes(), times, progress);
            case JAVA -> loads(Scenarios.java(prefix), times);
            case SHORT -> new ShortSuite(options::bareRuns, options.node, prefix, progress);
            case START, MEMORY -> throw new IllegalStateException("it starts its servers itself");
        };
    }

    /// Ends with another generator on the same server, to see whether ours is honest.
    private Suite crossChecked(Suite suite) {
        return target -> {
            List<Round> rounds = suite.run(target);
            notes.add(Wrk.ping(target.endpoint(), WRK_CONNECTIONS, WRK_TIME)
                    .map(result -> String.format(
                            Locale.ROOT,
                            "cross-check: wrk, %d connections on /ping: %.0f calls/s, %.0f µs of its CPU a call",
                            WRK_CONNECTIONS,
                            result.perSecond(),
                            result.microsPerCall()))
                    .orElse("no cross-check: wrk is not installed"));
            return rounds;
        };
    }

    private Suite loads(ScenarioSet set, LoadTimes times) {
        return new LoadSuite(set, times, options::bareRuns, progress);
    }
}
