package dev.whirl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LoadResultTest {
    @Test
    void percentilesAreExactToOneInAThousand() {
        var tally = new Tally();
        for (int i = 1; i <= 1000; i++) {
            tally.succeeded(i * 10_000L);
        }

        LoadResult result = LoadResult.of(tally, Duration.ofSeconds(2), Duration.ofMillis(20));

        assertThat(result.millisAt(50)).isCloseTo(5, Percentage.withPercentage(0.2));
        assertThat(result.millisAt(99)).isCloseTo(9.9, Percentage.withPercentage(0.2));
        assertThat(result.maxMillis()).isCloseTo(10, Percentage.withPercentage(0.2));
        assertThat(result.rate()).isCloseTo(500, within(0.01));
        assertThat(result.generatorMicrosPerCall()).isCloseTo(20, within(0.01));
    }

    @Test
    void talliesOfWorkersAddUp() {
        var first = new Tally();
        first.succeeded(1_000_000);
        first.failed(502);
        var second = new Tally();
        second.failed(502);
        second.error("closed", 1);

        first.add(second);

        LoadResult result = LoadResult.of(first, Duration.ofSeconds(1), Duration.ZERO);
        assertThat(result.calls()).isEqualTo(4);
        assertThat(result.errorText()).isEqualTo("502×2 closed×1");
    }

    @Test
    void callsThatWereNeverSentAreNotCounted() {
        var tally = new Tally();
        tally.error(LoadGenerator.UNSENT, 7);

        assertThat(LoadResult.of(tally, Duration.ofSeconds(1), Duration.ZERO).calls())
                .isZero();
    }

    @Test
    void loadsAndTimesAreBounded() {
        assertThatThrownBy(() -> new Load.Closed(0)).hasMessageContaining("connections must be");
        assertThatThrownBy(() -> new Load.Closed(10_000)).hasMessageContaining("connections must be");
        assertThatThrownBy(() -> new Load.Open(1, 0)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new LoadPlan(new Load.Closed(1), Duration.ofHours(2), 200))
                .hasMessageContaining("not possible");
    }
}
