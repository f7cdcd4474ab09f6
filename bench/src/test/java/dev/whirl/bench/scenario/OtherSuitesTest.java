package dev.whirl.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whirl.bench.StubPlatform;
import dev.whirl.bench.bare.BareStart;
import dev.whirl.bench.process.MemorySampler;
import dev.whirl.bench.report.Figure;
import dev.whirl.bench.report.Round;
import dev.whirl.common.units.ByteSize;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OtherSuitesTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void theSameCallsAreMeasuredAtEverySizeAndComparedWithTheSmallest() throws Exception {
        try (var platform = new StubPlatform()) {
            var sizes = new ScaleSizes(List.of(2, 20), List.of(51, 102), List.of(1, 30));
            var times = new LoadTimes(SHORT, 2, new WarmUp(Duration.ofMillis(20), SHORT), Duration.ofSeconds(50));

            List<Round> rounds = new ScaleSuite(sizes, times, _ -> {}).run(target(platform));

            assertThat(rounds).hasSize(2).allSatisfy(round -> {
                assertThat(round.rows())
                        .hasSize(2 * 3 + 2 * 5 + 2)
                        .allMatch(row -> row.successes() > 0 && row.errorText().isEmpty());
                assertThat(round.figures())
                        .extracting(Figure::name)
                        .contains("list-growth-with-functions", "call-growth-with-connections", "worst-growth");
            });
            assertThat(platform.created()).contains("scale-0", "scale-19").doesNotContain("scale-20");
        }
    }

    @Test
    void functionsNeverCalledBeforeAreCalledOnceEach() throws Exception {
        try (var platform = new StubPlatform()) {
            List<Round> rounds = new SustainedSuite(SHORT, 1, "node", "test", _ -> {}).run(target(platform));

            assertThat(rounds.getFirst().rows())
                    .hasSize(2)
                    .allMatch(row -> row.successes() > 0 && row.errorText().isEmpty());
            assertThat(platform.invocations())
                    .isLessThanOrEqualTo(platform.created().size());
            assertThat(platform.actions()).isEmpty();
        }
    }

    @Test
    void growthIsSeenBetweenQuartersAndNotInASinglePeak() {
        assertThat(MemorySuite.growth(megabytes(100, 100, 100, 500, 100, 100, 100, 100)))
                .isZero();
        assertThat(MemorySuite.growth(megabytes(50, 90, 100, 100, 110, 120, 150, 150)))
                .isCloseTo(0.5, within(0.001));
    }

    @Test
    void memoryIsSampledUntilItIsClosed() throws Exception {
        try (var sampler = new MemorySampler(ProcessHandle.current().pid())) {
            Awaitility.await().until(() -> sampler.samples().size() >= 2);

            assertThat(sampler.samples()).allMatch(sample -> sample.server().compareTo(ByteSize.mebibytes(20)) > 0);
        }
    }

    @Test
    void aBareStartLastsUntilTheProcessHasEnded() throws Exception {
        assertThat(BareStart.medianMillis(List.of("sleep", "0.05"), 3)).isBetween(50.0, 5000.0);
    }

    @Test
    void javaFunctionsThatNobodyHasSeenAreRealJarsAndAllDifferent() throws Exception {
        String jar = JavaEcho.jar("one");
        Set<String> names = new HashSet<>();
        try (var in =
                new JarInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(jar)))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                names.add(entry.getName());
            }
        }

        assertThat(names).containsExactlyInAnyOrder("Echo.class", "note-one");
        assertThat(jar).isNotEqualTo(JavaEcho.jar("two"));
    }

    private static List<ByteSize> megabytes(int... sizes) {
        return IntStream.of(sizes).mapToObj(ByteSize::mebibytes).toList();
    }

    private static Target target(StubPlatform platform) {
        return new Target(
                platform.endpoint(), "uuid:key", ProcessHandle.current().pid(), true);
    }
}
