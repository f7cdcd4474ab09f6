package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.HttpConnection;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.Derived;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Measures the same calls while functions, stored activations and open connections grow.
public final class ScaleSuite implements Suite {
    private static final Load FEW = new Load.Closed(8);
    private static final int STEPS = 50;
    private static final int READ = 200;
    private static final String ECHO = "scale-echo";
    private static final String MANY_RECORDS = "scale-records";

    private final ScaleSizes sizes;
    private final LoadTimes times;
    private final Consumer<String> progress;

    public ScaleSuite(ScaleSizes sizes, LoadTimes times, Consumer<String> progress) {
        this.sizes = sizes;
        this.times = times;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        List<List<Measurement>> rounds = IntStream.range(0, times.rounds())
                .<List<Measurement>>mapToObj(_ -> new ArrayList<>())
                .toList();
        try (var api = new Api(target.endpoint(), target.auth());
                var runs = new Runs(target, BareRuns.none())) {
            var echo = new Function(ECHO, Scenarios.NODE, Function.NODE_ECHO, 64);
            Deployment.create(api, echo.entity());
            var steps = new Subject.Sequence(MANY_RECORDS, Collections.nCopies(STEPS, echo));
            Deployment.create(api, steps.entities().getLast());
            activations(target, runs, echo, rounds);
            functions(target, runs, echo, rounds);
            connections(target, runs, echo, rounds);
        }
        return rounds.stream().map(this::completed).toList();
    }

    private void functions(Target target, Runs runs, Function echo, List<List<Measurement>> rounds)
            throws IOException, InterruptedException {
        int stored = 0;
        for (int size : sizes.functions()) {
            new Filling(target).createActions(Scenarios.NODE, "scale-", stored, size);
            stored = size;
            String suffix = "-functions-" + size;
            List<String> some = IntStream.range(0, Math.min(READ, size))
                    .mapToObj(number -> "actions/scale-" + (long) number * size / Math.min(READ, size))
                    .toList();
            measure(
                    runs,
                    rounds,
                    call("call" + suffix, echo),
                    read("get" + suffix, some),
                    read(
                            "list" + suffix,
                            List.of("actions?limit=" + sizes.functions().getFirst())));
        }
    }

    /// First of all, while there are few: each call adds one. At the smallest size nothing is called before all else is
    /// measured, the warm-up included.
    private void activations(Target target, Runs runs, Function echo, List<List<Measurement>> rounds)
            throws IOException, InterruptedException {
        long began = System.currentTimeMillis();
        for (int size : sizes.activations()) {
            long stored = stored(target);
            int missing = (int) Math.max(0, (size - stored) / (STEPS + 1));
            progress.accept("scale: %d records, adding %d".formatted(stored, missing * (STEPS + 1)));
            new Filling(target).call(MANY_RECORDS, missing);
            String suffix = "-activations-" + size;
            Scenario list = read("list" + suffix, List.of("activations?limit=30"));
            boolean isFirst = size == sizes.activations().getFirst();
            if (isFirst) {
                warmUp(target, runs, list);
            }
            List<Long> moments = moments(began);
            List<String> pages = moments.stream()
                    .map(moment -> "activations?limit=30&upto=" + moment)
                    .toList();
            measure(
                    runs,
                    rounds,
                    read("get" + suffix, activationsAt(target, moments)),
                    list,
                    read("list-upto" + suffix, pages),
                    read("list-by-name" + suffix, List.of("activations?limit=30&name=" + MANY_RECORDS)));
            Scenario call = call("call" + suffix, echo);
            if (isFirst) {
                warmUp(target, runs, call);
            }
            measure(runs, rounds, call);
        }
    }

    private void warmUp(Target target, Runs runs, Scenario scenario) throws IOException, InterruptedException {
        times.warmUp().until(time -> runs.run(scenario, time), target::compilerTime);
    }

    private void connections(Target target, Runs runs, Function echo, List<List<Measurement>> rounds)
            throws IOException, InterruptedException {
        List<HttpConnection> open = new ArrayList<>();
        try {
            for (int size : sizes.connections()) {
                while (open.size() < size) {
                    open.add(HttpConnection.open(target.endpoint()));
                }
                measure(runs, rounds, call("call-connections-" + size, echo));
            }
        } finally {
            for (HttpConnection connection : open) {
                connection.close();
            }
        }
    }

    private void measure(Runs runs, List<List<Measurement>> rounds, Scenario... scenarios)
            throws IOException, InterruptedException {
        for (List<Measurement> round : rounds) {
            for (Scenario scenario : scenarios) {
                var _ = runs.run(scenario, times.warmUp().slice());
                Measurement row = runs.run(scenario, times.time());
                progress.accept(row.toLine());
                round.add(row);
            }
        }
    }

    /// On a connection of its own, as below: one that waits for the filling would be closed by the server.
    private static long stored(Target target) throws IOException {
        try (var api = new Api(target.endpoint(), target.auth())) {
            return api.records(ECHO) + api.records(MANY_RECORDS);
        }
    }

    /// Spread evenly from then to now.
    private static List<Long> moments(long began) {
        long now = System.currentTimeMillis();
        return IntStream.rangeClosed(1, READ)
                .mapToObj(number -> began + (now - began) * number / READ)
                .toList();
    }

    /// Old ones and new ones: the last at each moment.
    private static List<String> activationsAt(Target target, List<Long> moments) throws IOException {
        List<String> paths = new ArrayList<>();
        try (var api = new Api(target.endpoint(), target.auth())) {
            for (long moment : moments) {
                Api.Answer answer = api.send(api.read("activations?limit=1&upto=" + moment));
                JsonMapper.shared()
                        .readTree(answer.body())
                        .forEach(each -> paths.add(
                                "activations/" + each.path("activationId").asString()));
            }
        }
        if (paths.isEmpty()) {
            throw new IOException("no activations are listed");
        }
        return paths;
    }

    private static Scenario call(String name, Function function) {
        return new Scenario(name, new Subject.Invoke(function), FEW);
    }

    private static Scenario read(String name, List<String> paths) {
        return new Scenario(name, new Subject.Read(paths, List.of()), FEW);
    }

    /// How many times as much a call takes at the largest size as at the smallest.
    private Round completed(List<Measurement> rows) {
        List<Derived> growth = Stream.of(
                        growth(List.of("call", "get", "list"), "functions", sizes.functions()),
                        growth(
                                List.of("call", "get", "list", "list-upto", "list-by-name"),
                                "activations",
                                sizes.activations()),
                        growth(List.of("call"), "connections", sizes.connections()))
                .flatMap(List::stream)
                .toList();
        Round round = Derived.round(rows, growth);
        double worst = round.figures().stream().mapToDouble(Figure::value).max().orElse(0);
        List<Figure> all = new ArrayList<>(round.figures());
        all.add(new Figure("worst-growth", worst));
        return new Round(rows, all);
    }

    private static List<Derived> growth(List<String> calls, String what, List<Integer> sizes) {
        return calls.stream()
                .map(call -> Derived.ratio(
                        "%s-growth-with-%s".formatted(call, what),
                        "%s-%s-%d@8/per-second".formatted(call, what, sizes.getFirst()),
                        "%s-%s-%d@8/per-second".formatted(call, what, sizes.getLast())))
                .toList();
    }
}
