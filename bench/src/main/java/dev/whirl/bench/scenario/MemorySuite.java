package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.process.DataFolder;
import dev.whirl.bench.process.MemorySampler;
import dev.whirl.bench.process.MemorySampler.Sample;
import dev.whirl.bench.process.MemoryUse;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.process.ServerCommand;
import dev.whirl.bench.process.ServerProcess;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Measures memory: of the server when idle, under load and over a long time of constant load, and of sandboxes, each
/// as the difference that some more of them make.
public final class MemorySuite {
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration LOADED = Duration.ofSeconds(10);
    private static final int SANDBOXES = 10;
    private static final int LEAST_MB = 128;
    private static final double MEBIBYTE = 1024.0 * 1024.0;
    private static final int SOAK_RATE = 500;

    private final ServerCommand command;
    private final String auth;
    private final Duration soak;
    private final Consumer<String> progress;

    /// @param soak how long the constant load lasts
    public MemorySuite(ServerCommand command, String auth, Duration soak, Consumer<String> progress) {
        this.command = command;
        this.auth = auth;
        this.soak = soak;
        this.progress = progress;
    }

    /// Each repetition has a server of its own.
    public List<Round> run(int times) throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (DataFolder folder = DataFolder.create();
                    ServerProcess server = ServerProcess.start(command, folder)) {
                server.awaitReady();
                rounds.add(measure(Target.of(server, auth), server.id()));
            }
        }
        return rounds;
    }

    private Round measure(Target target, long processId) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (var api = new Api(target.endpoint(), target.auth());
                var runs = new Runs(target, BareRuns.none())) {
            callNew(api, Scenarios.NODE, "first", 1);
            callNew(api, Scenarios.PYTHON, "first", 1);
            Thread.sleep(SETTLING);
            figures.add(new Figure(
                    "idle-server-mb", megabytes(tree(processId).rootMemory().resident())));
            figures.addAll(sandboxes(api, processId, Scenarios.NODE, "node"));
            figures.addAll(sandboxes(api, processId, Scenarios.PYTHON, "python"));
            Scenario loaded = echo(new Load.Closed(32));
            Deployment.create(api, loaded.subject().entities().getFirst());
            List<Sample> underLoad = sampled(processId, runs, loaded, LOADED, new ArrayList<>());
            figures.add(new Figure("loaded-server-mb", greatest(of(underLoad, Sample::server))));
            List<Measurement> rows = new ArrayList<>();
            List<Sample> soaked = sampled(processId, runs, echo(new Load.Open(16, SOAK_RATE)), soak, rows);
            List<ByteSize> server = of(soaked, Sample::server);
            figures.add(new Figure("soak-end-server-mb", greatest(lastQuarter(server))));
            figures.add(new Figure("soak-growth", growth(server)));
            figures.add(new Figure("soak-runtimes-growth", growth(of(soaked, Sample::below))));
            figures.forEach(figure -> progress.accept("memory: %s %.2f".formatted(figure.name(), figure.value())));
            return new Round(rows, figures);
        }
    }

    private static Scenario echo(Load load) {
        var function = new Function("bench-memory", Scenarios.NODE, Function.NODE_ECHO, 64);
        return new Scenario("soak", new Subject.Invoke(function), load);
    }

    private static List<ByteSize> of(List<Sample> samples, java.util.function.Function<Sample, ByteSize> what) {
        return samples.stream().map(what).toList();
    }

    private static List<Sample> sampled(
            long processId, Runs runs, Scenario scenario, Duration time, List<Measurement> rows)
            throws IOException, InterruptedException {
        try (var sampler = new MemorySampler(processId)) {
            rows.add(runs.run(scenario, time));
            return sampler.samples();
        }
    }

    /// What sandboxes cost each, by what some more of them add to all processes below the server.
    private static List<Figure> sandboxes(Api api, long processId, String kind, String name)
            throws IOException, InterruptedException {
        MemoryUse before = tree(processId).belowMemory();
        callNew(api, kind, "more", SANDBOXES);
        Thread.sleep(SETTLING);
        MemoryUse after = tree(processId).belowMemory();
        return List.of(
                new Figure(name + "-sandbox-mb", each(before.proportional(), after.proportional())),
                new Figure(name + "-sandbox-own-mb", each(before.own(), after.own())));
    }

    private static void callNew(Api api, String kind, String what, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Function unseen = Function.unseen(kind, String.join("-", "bench", Function.family(kind), what, "" + i));
            Function function = new Function(unseen.name(), kind, unseen.code(), 1, LEAST_MB);
            Deployment.create(api, function.entity());
            Api.Answer answer = api.send(api.blockingInvoke(function.name(), Calls.PAYLOAD));
            if (!answer.isSuccess()) {
                throw new IOException("a call failed: " + answer.status() + " " + answer.body());
            }
        }
    }

    /// From the second to the last quarter, by their medians, as a share: what grows while a load stays the same.
    static double growth(List<ByteSize> samples) {
        int quarter = samples.size() / 4;
        return median(lastQuarter(samples)) / median(samples.subList(quarter, 2 * quarter + 1)) - 1;
    }

    private static List<ByteSize> lastQuarter(List<ByteSize> samples) {
        return samples.subList(samples.size() - samples.size() / 4 - 1, samples.size());
    }

    private static double median(List<ByteSize> samples) {
        return samples.stream().sorted().toList().get(samples.size() / 2).bytes();
    }

    private static double greatest(List<ByteSize> samples) {
        return samples.stream().mapToDouble(MemorySuite::megabytes).max().orElse(0);
    }

    private static double each(ByteSize before, ByteSize after) {
        return (megabytes(after) - megabytes(before)) / SANDBOXES;
    }

    private static double megabytes(ByteSize size) {
        return size.bytes() / MEBIBYTE;
    }

    private static ProcessTree tree(long processId) throws IOException {
        return ProcessTree.of(processId).orElseThrow(() -> new IOException("the server's process can't be seen"));
    }
}
