package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareContainer;
import dev.whirl.bench.http.HttpCaller;
import dev.whirl.bench.load.Caller;
import dev.whirl.bench.load.LoadGenerator;
import dev.whirl.bench.load.LoadPlan;
import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.process.Docker;
import dev.whirl.bench.process.ProcessTree;
import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Bare runtimes that are containers of an image, called over HTTP by the same generator as the platform.
public final class BareContainers implements BareRuns {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final Docker docker;
    private final String image;
    private final Map<Subject, List<BareContainer>> running = new HashMap<>();
    private @Nullable String network;

    /// @param image of the runtime for Node
    public BareContainers(Docker docker, String image) {
        this.docker = docker;
        this.image = image;
    }

    @Override
    public Measurement run(Scenario scenario, Duration time, Function function, int runtimes)
            throws IOException, InterruptedException {
        List<BareContainer> containers = containers(scenario, function, runtimes);
        var _ = load(scenario, WARM_UP, containers);
        List<ProcessTree> before = trees(containers);
        LoadResult result = load(scenario, time, containers);
        Cost cost = Cost.ofRuntimes(before, trees(containers), result.calls());
        return Measurement.of(scenario.name(), scenario.load().label(), result, cost);
    }

    @Override
    public Measurement runMany(Scenario scenario, Duration time, List<Function> functions) throws IOException {
        throw new IOException("%s: so many bare containers are not started".formatted(scenario.name()));
    }

    /// Connections are dealt out to the containers in turn.
    private static LoadResult load(Scenario scenario, Duration time, List<BareContainer> containers)
            throws InterruptedException {
        var opened = new AtomicInteger();
        Caller.Source source = () -> {
            int number = opened.getAndIncrement();
            BareContainer container = containers.get(number % containers.size());
            return HttpCaller.source(container.endpoint(), container.run(number + 1, RUN_DOCUMENT))
                    .open();
        };
        return LoadGenerator.run(new LoadPlan(scenario.load(), time, OK), source);
    }

    private List<BareContainer> containers(Scenario scenario, Function function, int count)
            throws IOException, InterruptedException {
        List<BareContainer> containers = running.computeIfAbsent(scenario.subject(), _ -> new ArrayList<>());
        while (containers.size() < count) {
            var settings = new BareContainer.Settings(image, network(), function.memoryMb());
            containers.add(BareContainer.start(docker, settings, function.initDocument()));
        }
        return containers;
    }

    private String network() throws IOException, InterruptedException {
        String known = network;
        if (known == null) {
            known = "whirl-bench-" + ProcessHandle.current().pid();
            var _ = docker.run("network", "create", "--internal", known);
            network = known;
        }
        return known;
    }

    private static List<ProcessTree> trees(List<BareContainer> containers) {
        return containers.stream()
                .flatMap(each -> ProcessTree.of(each.processId()).stream())
                .toList();
    }

    /// Removes all that was made, also after a part of it could not be.
    ///
    /// @throws IOException with the first reason, and the others with it
    @Override
    public void close() throws IOException {
        List<IOException> reasons = new ArrayList<>();
        boolean isInterrupted = false;
        for (Removal each : removals()) {
            try {
                each.run();
            } catch (IOException e) {
                reasons.add(e);
            } catch (InterruptedException _) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        if (!reasons.isEmpty()) {
            IOException first = reasons.removeFirst();
            reasons.forEach(first::addSuppressed);
            throw first;
        }
    }

    private interface Removal {
        void run() throws IOException, InterruptedException;
    }

    /// The network last: engines keep one that has containers.
    private List<Removal> removals() {
        List<Removal> all = new ArrayList<>();
        running.values().forEach(containers -> containers.forEach(each -> all.add(each::close)));
        running.clear();
        String made = network;
        if (made != null) {
            network = null;
            all.add(() -> {
                var _ = docker.run("network", "rm", made);
            });
        }
        return all;
    }
}
