package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bench.report.Cost;
import dev.whirl.bench.report.Latencies;
import dev.whirl.bench.report.Measurement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void aRateThatStillGrowsIsNotSteady() {
        assertThat(WarmUp.isSteady(List.of(slice(1000, 500), slice(1200, 500)))).isFalse();
        assertThat(WarmUp.isSteady(List.of(slice(1000, 500), slice(1000, 500), slice(1100, 500))))
                .isFalse();
    }

    @Test
    void aRateThatIsSteadyWhileCallsStillGetCheaperIsNotSteady() {
        assertThat(WarmUp.isSteady(List.of(slice(1000, 500), slice(1000, 490), slice(1000, 400))))
                .isFalse();
    }

    @Test
    void aRateThatOnlyFallsAndRisesByLittleIsSteady() {
        assertThat(WarmUp.isSteady(List.of(slice(1000, 500), slice(900, 520), slice(1020, 495))))
                .isTrue();
    }

    @Test
    void aPlatformWhoseCostIsUnknownIsJudgedByItsRate() {
        Measurement unknown = new Measurement("x", "1", 10, 10, latencies(), Map.of(), "", 1, null);

        assertThat(WarmUp.isSteady(List.of(unknown, unknown, unknown))).isTrue();
    }

    @Test
    void itEndsWhenNothingGetsBetterAnyMore() throws Exception {
        Deque<Measurement> slices = new ArrayDeque<>(List.of(
                slice(100, 900), slice(500, 400), slice(900, 200), slice(910, 200), slice(905, 199), slice(2000, 1)));

        new WarmUp(Duration.ofMillis(1), Duration.ofHours(1)).until(_ -> slices.removeFirst(), () -> Duration.ZERO);

        assertThat(slices).hasSize(1);
    }

    @Test
    void itGoesOnWhileTheCompilerIsAtWorkThoughTheRateStandsStill() throws Exception {
        Deque<Measurement> slices = new ArrayDeque<>(Collections.nCopies(10, slice(1000, 800)));
        Deque<Duration> compiler = new ArrayDeque<>(Stream.of(0, 500, 500, 900, 900, 1400, 1400, 1800, 1800, 1810)
                .map(Duration::ofMillis)
                .toList());

        new WarmUp(Duration.ofSeconds(1), Duration.ofHours(1)).until(_ -> slices.removeFirst(), compiler::removeFirst);

        assertThat(slices).hasSize(5);
        assertThat(compiler).isEmpty();
    }

    @Test
    void itEndsWhenItsTimeIsOverThoughEverythingStillGetsBetter() throws Exception {
        var rate = new AtomicInteger(1);

        new WarmUp(Duration.ofMillis(1), Duration.ofMillis(30))
                .until(_ -> slice(rate.updateAndGet(r -> r * 2), 100), () -> Duration.ZERO);

        assertThat(rate.get()).isNotEqualTo(1);
    }

    private static Measurement slice(double rate, double serverMicros) {
        var cost = new Cost(serverMicros, 0, 0, 0, 0, 0);
        return new Measurement("x", "1", 10, rate, latencies(), Map.of(), "", 1, cost);
    }

    private static Latencies latencies() {
        return new Latencies(1, 1, 1, 1, 1);
    }
}
