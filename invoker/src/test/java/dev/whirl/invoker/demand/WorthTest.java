package dev.whirl.invoker.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorthTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long START = Duration.ofMillis(150).toNanos();
    private static final long BYTES = 256L << 20;

    @Test
    void whatIsCalledOftenIsWorthMore() {
        assertThat(worth(times(2, 2, 3, 2), 1)).isGreaterThan(worth(times(50, 60, 70, 55), 1));
    }

    @Test
    void aTimersActionIsWorthLittleUntilItIsDue() {
        IdleTimes hourly = times(60, 60, 60, 60);

        assertThat(worth(hourly, 5)).isLessThan(worth(hourly, 58));
        assertThat(worth(hourly, 5)).isLessThan(worth(times(), 5));
        assertThat(worth(hourly, 58)).isGreaterThan(worth(times(), 58));
    }

    @Test
    void ofActionsOfWhichNothingIsKnownTheLongestIdleIsWorthLeast() {
        assertThat(worth(times(), 20)).isLessThan(worth(times(), 5));
        assertThat(worth(times(), 5)).isLessThan(worth(times(), 0));
    }

    @Test
    void halfTheMemoryOrTwiceTheStartIsWorthTwiceAsMuch() {
        IdleTimes own = times(2, 2);
        double one = Worth.of(own, times(), MINUTE, START, BYTES);

        assertThat(Worth.of(own, times(), MINUTE, START, BYTES / 2)).isEqualTo(2 * one);
        assertThat(Worth.of(own, times(), MINUTE, 2 * START, BYTES)).isEqualTo(2 * one);
    }

    @Test
    void whereLittleIsKnownOfAnActionAllOthersSpeakForIt() {
        assertThat(Worth.of(times(), times(5, 6, 5), 4 * MINUTE, START, BYTES))
                .isGreaterThan(Worth.of(times(), times(1, 90, 90), 4 * MINUTE, START, BYTES));
    }

    private static double worth(IdleTimes own, int idleMinutes) {
        return Worth.of(own, times(), idleMinutes * MINUTE, START, BYTES);
    }

    private static IdleTimes times(int... minutes) {
        var times = new IdleTimes(64);
        for (int each : minutes) {
            times.add(each * MINUTE);
        }
        return times;
    }
}
