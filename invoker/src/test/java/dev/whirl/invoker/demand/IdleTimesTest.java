package dev.whirl.invoker.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdleTimesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;

    private final IdleTimes times = new IdleTimes(64);

    @Test
    void aTimeIsFoundAgainByLessThanAStep() {
        times.add(10 * MINUTE);

        assertThat(times.head(0.05)).isBetween(10 * MINUTE * 5 / 6, 10 * MINUTE);
        assertThat(times.tail(0.95)).isBetween(10 * MINUTE, 10 * MINUTE * 6 / 5);
    }

    @Test
    void whatIsLongerIsCounted() {
        times.add(2 * SECOND);
        times.add(MINUTE);
        times.add(10 * MINUTE);

        assertThat(times.atLeast(SECOND)).isEqualTo(3);
        assertThat(times.atLeast(30 * SECOND)).isEqualTo(2);
        assertThat(times.atLeast(60 * MINUTE)).isZero();
    }

    @Test
    void theFirstAndTheLastStepTakeWhatIsBeyond() {
        times.add(1);
        times.add(1_000_000 * MINUTE);

        assertThat(times.atLeast(1)).isEqualTo(2);
        assertThat(times.atLeast(2_000_000 * MINUTE)).isEqualTo(1);
    }

    @Test
    void whatIsNewOutweighsWhatIsOld() {
        for (int i = 0; i < 1_000; i++) {
            times.add(10 * SECOND);
        }
        for (int i = 0; i < 200; i++) {
            times.add(10 * MINUTE);
        }

        assertThat(times.total()).isLessThanOrEqualTo(64);
        assertThat(times.head(0.1)).isGreaterThan(MINUTE);
    }
}
