package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareStart;
import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.http.Requests;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadPlan;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.process.PlatformProcesses;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures how many functions never called before a platform runs in a second when they come without a pause, beside
/// what the machine could do with bare interpreters in bubblewrap.
public final class SustainedSuite implements Suite {
    private static final int CONNECTIONS = 8;
    private static final int BARE_STARTS = 9;

    /// More than any machine of two processors gets done.
    private static final int MOST_PER_SECOND = 120;

    private static final List<String> BUBBLEWRAP = List.of(
            "bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");

    private final Duration time;
    private final int rounds;
    private final String node;
    private final String prefix;
    private final Consumer<String> progress;

    public SustainedSuite(Duration time, int rounds, String node, String prefix, Consumer<String> progress) {
        this.time = time;
        this.rounds = rounds;
        this.node = node;
        this.prefix = prefix;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        List<Round> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Measurement python = measure(target, Scenarios.PYTHON, round);
            Measurement nodeCalls = measure(target, Scenarios.NODE, round);
            all.add(new Round(List.of(python, nodeCalls), ceiling(nodeCalls)));
        }
        return all;
    }

    private Measurement measure(Target target, String kind, int round) throws IOException, InterruptedException {
        String family = Function.family(kind);
        String names = String.join("-", prefix, "sustained", family, Integer.toString(round)) + "-";
        int count = (int) Math.max(CONNECTIONS, MOST_PER_SECOND * time.toSeconds());
        var filling = new Filling(target);
        filling.createActions(kind, names, 0, count);
        try (var api = new Api(target.endpoint(), target.auth())) {
            Measurement row = call(target, api, family + "-first-calls", names, count);
            progress.accept(row.toLine());
            return row;
        } finally {
            filling.deleteActions(names, count);
        }
    }

    private Measurement call(Target target, Api api, String scenario, String names, int count)
            throws InterruptedException {
        var load = new Load.Counted(CONNECTIONS, count);
        Map<PlatformProcesses.Member, ProcessTree> before = target.processes();
        LoadResult result = LoadGenerator.run(
                new LoadPlan(load, time, 200),
                HttpCaller.source(
                        target.endpoint(), Requests.once(number -> api.blockingInvoke(names + number, Calls.PAYLOAD))));
        Cost cost = Cost.between(before, target.processes(), result.calls()).orElse(null);
        return Measurement.of(scenario, load.label(), result, cost);
    }

    /// Nothing where bubblewrap or Node can't be started this way.
    private List<Figure> ceiling(Measurement nodeCalls) throws InterruptedException {
        List<String> command = new ArrayList<>(BUBBLEWRAP);
        command.addAll(List.of(node, "-e", "0"));
        try {
            double millis = BareStart.medianMillis(command, BARE_STARTS);
            double possible = Runtime.getRuntime().availableProcessors() * 1000 / millis;
            return List.of(
                    new Figure("bare-node-in-bubblewrap-ms", millis),
                    new Figure("node-of-bare-starts", nodeCalls.perSecond() / possible));
        } catch (IOException notHere) {
            progress.accept("no ceiling: " + notHere.getMessage());
            return List.of();
        }
    }
}
