package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bench.StubPlatform;
import dev.whirl.bench.load.Load;
import dev.whirl.bench.report.ColdMeasurement;
import dev.whirl.bench.report.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SuitesTest {
    private static final Duration SHORT = Duration.ofMillis(60);

    @Test
    void everyWarmScenarioIsMeasuredAndNothingIsLeftBehind() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Scenario> scenarios = withoutBare(Scenarios.warm("test", List.of(1, 4), 100));
            List<String> progress = new ArrayList<>();

            List<Measurement> results =
                    suite(platform, Duration.ofSeconds(50), progress).run(scenarios);

            assertThat(results).hasSameSizeAs(scenarios).allMatch(row -> row.perSecond() > 0 && row.cost() != null);
            assertThat(progress).hasSameSizeAs(scenarios);
            assertThat(platform.invocations()).isPositive();
            assertThat(platform.created()).containsExactlyInAnyOrder("test-node-1", "test-node-64", "test-python");
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void sequencesWebActionsAndTriggersAreMeasuredAndNothingIsLeftBehind() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Scenario> scenarios = Stream.of(
                            Scenarios.sequence("test"),
                            Scenarios.web("test", List.of(1, 4)),
                            Scenarios.fire("test", List.of(1, 4)))
                    .flatMap(List::stream)
                    .toList();

            List<Measurement> results =
                    suite(platform, Duration.ofSeconds(50), new ArrayList<>()).run(withoutBare(scenarios));

            assertThat(results)
                    .hasSize(11)
                    .allMatch(row -> row.perSecond() > 0 && row.errorText().isEmpty());
            assertThat(platform.created())
                    .contains(
                            "test-same", "test-others", "test-step-9", "test-web", "test-trigger", "test-trigger-rule");
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void scenariosThatHaveNotBegunWhenTheTimeIsOverAreLeftOut() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Scenario> scenarios = withoutBare(Scenarios.warm("test", List.of(1), 100));
            List<String> progress = new ArrayList<>();

            List<Measurement> results = suite(platform, SHORT, progress).run(scenarios);

            assertThat(results).hasSizeLessThan(scenarios.size());
            assertThat(progress).anyMatch(line -> line.startsWith("left out"));
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void everyFirstCallIsOneOfAFunctionNeverCalledBefore() throws Exception {
        try (var platform = new StubPlatform()) {
            var plan =
                    new ColdPlan(List.of("nodejs:20", "python:3.11"), 3, Duration.ofMillis(1), Duration.ofSeconds(20));

            List<ColdMeasurement> results = new ColdSuite(target(platform), plan, "test", _ -> {}).run();

            assertThat(results).hasSize(4).allMatch(row -> row.calls() == 3 && row.initialized() == 3);
            assertThat(platform.invocations()).isEqualTo(platform.created().size());
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void aFunctionThatThePlatformRefusesEndsTheRun() throws Exception {
        try (var platform = new StubPlatform()) {
            Scenario scenario = new Scenario(
                    "bad",
                    new Subject.Invoke(new Function("refused-echo", "nodejs:20", Function.NODE_ECHO, 1)),
                    new Load.Closed(1));

            assertThatThrownBy(() -> suite(platform, SHORT, new ArrayList<>()).run(List.of(scenario)))
                    .hasMessageContaining("refused actions/refused-echo");
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

    @Test
    void aFirstCallWaitsForTheStemCellsThatTheMetricsShowAndForNothingElse() throws Exception {
        try (var platform = new StubPlatform()) {
            platform.stemCells("nodejs:20", 2, 2, 1, 1, 2, 0, 2, 2);
            var longPause = Duration.ofHours(1);
            var plan = new ColdPlan(List.of("nodejs:20"), 2, longPause, Duration.ofSeconds(20));

            List<ColdMeasurement> results = new ColdSuite(target(platform), plan, "test", _ -> {}).run();

            assertThat(results).hasSize(2).allMatch(row -> row.calls() == 2);
            assertThat(platform.looks()).isGreaterThanOrEqualTo(8);
        }
    }

    private static WarmSuite suite(StubPlatform platform, Duration longest, List<String> progress) {
        var plan = new WarmPlan(List.of(1, 4), 100, SHORT, Duration.ofMillis(20), longest, List.of("false"));
        return new WarmSuite(target(platform), plan, progress::add);
    }

    private static Target target(StubPlatform platform) {
        return new Target(
                platform.endpoint(), "uuid:key", ProcessHandle.current().pid());
    }

    private static List<Scenario> withoutBare(List<Scenario> scenarios) {
        return scenarios.stream()
                .filter(scenario -> !(scenario.subject() instanceof Subject.Bare))
                .toList();
    }
}
