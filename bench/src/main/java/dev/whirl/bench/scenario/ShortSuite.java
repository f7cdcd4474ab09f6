package dev.whirl.bench.scenario;

import dev.whirl.bench.bare.BareStart;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.Derived;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A look at speed for every change: nothing but ratios to what the bare machine does in the same seconds, so that a
/// slow or busy machine slows down both sides.
public final class ShortSuite implements Suite {
    private static final Load ONE = new Load.Closed(1);
    private static final Load FEW = new Load.Closed(8);
    private static final Duration TIME = Duration.ofMillis(500);
    private static final WarmUp WARM_UP = new WarmUp(Duration.ofMillis(250), Duration.ofSeconds(2));
    private static final int ROUNDS = 3;
    private static final int FIRST_CALLS = 3;

    private final Supplier<BareRuns> bare;
    private final String node;
    private final String prefix;
    private final Consumer<String> progress;

    public ShortSuite(Supplier<BareRuns> bare, String node, String prefix, Consumer<String> progress) {
        this.bare = bare;
        this.node = node;
        this.prefix = prefix;
        this.progress = progress;
    }

    @Override
    public List<Round> run(Target target) throws IOException, InterruptedException {
        var times = new LoadTimes(TIME, ROUNDS, WARM_UP, Duration.ofMinutes(5));
        List<Round> warm = new LoadSuite(warmSet(), times, bare, progress).run(target);
        var set = new ColdSet(List.of(Scenarios.NODE, Scenarios.PYTHON), List.of(ColdWay.STEM_CELL), List.of());
        var plan = new ColdPlan(FIRST_CALLS, ROUNDS, Duration.ofMillis(300), Duration.ofSeconds(10));
        List<Round> cold = new ColdSuite(set, plan, prefix, progress).run(target);
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < warm.size(); i++) {
            all.add(together(warm.get(i), cold.get(i)));
        }
        return all;
    }

    private ScenarioSet warmSet() {
        var echo = new Function(prefix + "-echo", Scenarios.NODE, Function.NODE_FIELDS, 64);
        var web = new Subject.Web(new Function(prefix + "-web", Scenarios.NODE, Function.NODE_FIELDS, 64));
        return new ScenarioSet(
                List.of(
                        new Scenario("bare-node", new Subject.Bare(echo, 1), ONE),
                        new Scenario("node-echo", new Subject.Invoke(echo), ONE),
                        new Scenario("node-echo", new Subject.Invoke(echo), FEW),
                        new Scenario("web-json", web, FEW),
                        new Scenario("bare-node", new Subject.Bare(echo, 1), FEW)),
                List.of(
                        Derived.ratio("p50-over-bare-hop", "node-echo@1/p50-ms", "bare-node@1/p50-ms"),
                        Derived.ratio("bare-rate-over-rate", "bare-node@8/per-second", "node-echo@8/per-second"),
                        Derived.ratio("rate-as-web-action", "web-json@8/per-second", "node-echo@8/per-second")));
    }

    private Round together(Round warm, Round cold) throws IOException, InterruptedException {
        double bare = BareStart.medianMillis(List.of(node, "-e", "0"), FIRST_CALLS);
        List<Figure> figures = new ArrayList<>(warm.figures());
        for (Measurement row : cold.rows()) {
            figures.add(new Figure(
                    row.scenario() + "-over-bare-start", row.latencies().p50Millis() / bare));
        }
        return new Round(
                Stream.concat(warm.rows().stream(), cold.rows().stream()).toList(), figures);
    }
}
