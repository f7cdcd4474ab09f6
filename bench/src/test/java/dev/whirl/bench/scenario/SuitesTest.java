package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.StubPlatform;
import dev.whirl.bench.http.Api;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Measurement;
import dev.whirl.bench.report.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SuitesTest {
    private static final Duration SHORT = Duration.ofMillis(80);
    private static final List<Integer> TWO_LOADS = List.of(1, 4);

    @Test
    void everyWarmScenarioIsMeasuredInEveryRoundAndNothingIsLeftBehind() throws Exception {
        try (var platform = new StubPlatform()) {
            ScenarioSet set = withoutBare(Scenarios.warm("test", TWO_LOADS, 100));
            List<String> progress = new ArrayList<>();

            List<Round> rounds = suite(set, 2, progress).run(target(platform));

            assertThat(rounds)
                    .hasSize(2)
                    .allSatisfy(round -> assertThat(round.rows())
                            .hasSameSizeAs(set.scenarios())
                            .allMatch(row -> row.successes() > 0 && row.cost() != null));
            assertThat(progress).hasSize(2 * set.scenarios().size());
            assertThat(platform.created()).containsExactlyInAnyOrder("test-node-1", "test-node-64", "test-python");
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void allOtherSetsAreMeasuredWithoutErrorsAndNothingIsLeftBehind() throws Exception {
        try (var platform = new StubPlatform()) {
            for (ScenarioSet set : List.of(
                    Scenarios.logs("test", TWO_LOADS),
                    Scenarios.nonblocking("test", 4, 200),
                    Scenarios.sequence("test"),
                    Scenarios.web("test", TWO_LOADS),
                    Scenarios.fire("test", TWO_LOADS),
                    Scenarios.api("test"),
                    Scenarios.load("test", 4, List.of(100, 200)),
                    Scenarios.manyNode("test"),
                    Scenarios.manyPython("test"))) {
                List<Round> rounds =
                        suite(withoutBare(set), 1, new ArrayList<>()).run(target(platform));

                assertThat(rounds.getFirst().rows())
                        .isNotEmpty()
                        .allMatch(row -> row.successes() > 0)
                        .allMatch(row -> row.errorText().isEmpty());
                assertThat(platform.actions()).isEmpty();
            }
            assertThat(platform.created())
                    .contains("test-same", "test-step-9", "test-trigger-rule", "test-many-99", "test-many-999");
        }
    }

    @Test
    void oneWayIsComparedWithAnotherInTheSameRound() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Round> rounds = suite(Scenarios.web("test", TWO_LOADS), 1, new ArrayList<>())
                    .run(target(platform));

            Round round = rounds.getFirst();
            double web = rate(round, "web-json@4");
            assertThat(round.figures())
                    .containsExactly(new Figure("rate-as-web-action", web / rate(round, "over-the-api@4")));
        }
    }

    @Test
    void anApiIsComparedWithTheWebActionBehindIt() throws Exception {
        try (var platform = new StubPlatform();
                var gateway = new StubPlatform()) {
            var web = new Subject.Web(new Function("test-web", "nodejs:20", Function.NODE_FIELDS, 1));

            List<Round> rounds = suite(
                            Scenarios.gateway(web, gateway.endpoint(), "/ping", TWO_LOADS), 1, new ArrayList<>())
                    .run(target(platform));

            Round round = rounds.getFirst();
            assertThat(gateway.pings()).isPositive();
            assertThat(platform.pings()).isZero();
            assertThat(round.figures())
                    .extracting(Figure::name)
                    .containsExactly("rate-through-a-gateway", "over-the-web-action-ms");
            assertThat(round.figures().getLast().value())
                    .isEqualTo(p50(round, "through-a-gateway@1") - p50(round, "web-json@1"));
        }
    }

    @Test
    void callsThatWereAcceptedAndNotRecordedAreErrors() throws Exception {
        try (var platform = new StubPlatform();
                var api = new Api(platform.endpoint(), "uuid:key")) {
            Deployment.create(api, new Entity("actions/kept", "{}"));
            var records = new Records(api, "kept", Duration.ofMillis(50));
            api.send(api.invoke("kept", "{}"));
            platform.forget();
            api.send(api.invoke("kept", "{}"));
            api.send(api.invoke("kept", "{}"));

            assertThat(records.missing(1)).isZero();
            assertThat(records.missing(3)).isEqualTo(2);
        }
    }

    @Test
    void everyFirstCallIsOneOfAFunctionNeverCalledBefore() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Round> rounds = coldSuite(new ColdPlan(3, 2, Duration.ofMillis(1), Duration.ofSeconds(20)))
                    .run(target(platform));

            assertThat(rounds)
                    .hasSize(2)
                    .allSatisfy(round -> assertThat(round.rows())
                            .hasSize(4)
                            .allMatch(row ->
                                    row.successes() == 3 && row.errorText().isEmpty()));
            assertThat(platform.invocations()).isEqualTo(platform.created().size());
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void aFirstCallWaitsForTheStemCellsThatTheMetricsShowAndForNothingElse() throws Exception {
        try (var platform = new StubPlatform()) {
            platform.stemCells("nodejs:20", 2, 2, 1, 1, 2, 0, 2, 2);
            platform.alwaysStemCells("nodejs:20", "python:3.11");
            var plan = new ColdPlan(2, 1, Duration.ofMillis(1), Duration.ofSeconds(20));

            List<Round> rounds = coldSuite(plan).run(target(platform).withOperator(StubPlatform.OPERATOR_KEY));

            assertThat(rounds.getFirst().rows()).hasSize(4).allMatch(row -> row.successes() == 2);
            assertThat(platform.looks()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void aServerThatDoesNotTellItsStemCellsEndsTheRun() throws Exception {
        try (var platform = new StubPlatform()) {
            var plan = new ColdPlan(2, 1, Duration.ofMillis(1), Duration.ofSeconds(20));

            assertThatThrownBy(() -> coldSuite(plan).run(target(platform).withOperator("guest:key")))
                    .hasMessageContaining("metrics can't be read: status 403");
        }
    }

    @Test
    void aFunctionThatOurPlatformRefusesEndsTheRun() throws Exception {
        try (var platform = new StubPlatform()) {
            assertThatThrownBy(() -> suite(refused(), 1, new ArrayList<>()).run(target(platform)))
                    .hasMessageContaining("refused actions/refused-echo");
        }
    }

    @Test
    void whatAnotherPlatformRefusesIsLeftOutAndSaid() throws Exception {
        try (var platform = new StubPlatform()) {
            List<String> progress = new ArrayList<>();
            Target other = new Target(platform.endpoint(), "uuid:key", null, false);

            List<Round> rounds = suite(refused(), 1, progress).run(other);

            assertThat(rounds.getFirst().rows())
                    .extracting(Measurement::scenario)
                    .containsExactly("ping");
            assertThat(progress).anyMatch(line -> line.startsWith("left out") && line.endsWith(": bad"));
        }
    }

    @Test
    void stemCellsAreReadFromTheMetricsWhereTheyAreThere() {
        String metrics = """
                # TYPE whirl_pool_stem_cells gauge
                whirl_pool_stem_cells{kind="nodejs:20"} 2.0
                whirl_pool_stem_cells{kind="python:3.11"} 0.0
                whirl_pool_stem_cells{invoker="0",kind="native",memory="256"} 1.0
                whirl_pool_stem_cells{invoker="1",kind="native",memory="256"} 2.0
                whirl_pool_other{kind="java:25"} 1.0
                """;

        assertThat(StemCells.parse(metrics, "nodejs:20")).hasValue(2);
        assertThat(StemCells.parse(metrics, "python:3.11")).hasValue(0);
        assertThat(StemCells.parse(metrics, "native")).hasValue(3);
        assertThat(StemCells.parse(metrics, "java:25")).isEmpty();
    }

    private static LoadSuite suite(ScenarioSet set, int rounds, List<String> progress) {
        var warmUp = new WarmUp(Duration.ofMillis(20), SHORT);
        return new LoadSuite(
                set, new LoadTimes(SHORT, rounds, warmUp, Duration.ofSeconds(50)), BareRuns::none, progress::add);
    }

    private static ColdSuite coldSuite(ColdPlan plan) {
        return new ColdSuite(ColdSet.stemCells(), plan, "test", _ -> {});
    }

    private static ScenarioSet refused() {
        var function = new Function("refused-echo", "nodejs:20", Function.NODE_ECHO, 1);
        return new ScenarioSet(
                List.of(
                        new Scenario("ping", new Subject.Ping(), new Load.Closed(1)),
                        new Scenario("bad", new Subject.Invoke(function), new Load.Closed(1)),
                        new Scenario("bad", new Subject.Invoke(function), new Load.Closed(2))),
                List.of());
    }

    private static double rate(Round round, String row) {
        return row(round, row).perSecond();
    }

    private static double p50(Round round, String row) {
        return row(round, row).latencies().p50Millis();
    }

    private static Measurement row(Round round, String name) {
        return round.rows().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Target target(StubPlatform platform) {
        return new Target(
                platform.endpoint(), "uuid:key", ProcessHandle.current().pid(), true);
    }

    private static ScenarioSet withoutBare(ScenarioSet set) {
        return new ScenarioSet(
                set.scenarios().stream()
                        .filter(scenario -> !(scenario.subject() instanceof Subject.Bare)
                                && !(scenario.subject() instanceof Subject.BareMany))
                        .toList(),
                set.derived());
    }
}
