package dev.whirl.invoker.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(2);

    @Test
    void withoutAPatternTheUsualTimeHolds() {
        assertThat(after(30, 30, 30)).isEqualTo(new KeepAlive(10 * MINUTE, 0, 0));
    }

    @Test
    void anActionThatIsCalledOftenIsKeptForLittleLongerThanItsCallsAreApart() {
        assertThat(after(2, 2, 2, 2, 2).keepNanos()).isBetween(2 * MINUTE, 3 * MINUTE);
    }

    @Test
    void anActionWhoseCallsAreFarApartNowAndThenIsKeptForLongerThanUsual() {
        assertThat(after(1, 2, 40, 3, 45, 1).keepNanos()).isBetween(45 * MINUTE, 60 * MINUTE);
    }

    @Test
    void aTimersActionIsLetGoAndMadeReadyBeforeTheNextCall() {
        KeepAlive hourly = after(60, 60, 60, 60);

        assertThat(hourly.keepNanos()).isEqualTo(MINUTE);
        assertThat(hourly.isDue(30 * MINUTE)).isFalse();
        assertThat(hourly.isDue(55 * MINUTE)).isTrue();
        assertThat(hourly.isDue(60 * MINUTE)).isTrue();
        assertThat(hourly.isDue(90 * MINUTE)).isFalse();
    }

    @Test
    void whereHardlyAnyCallComesWithinTheLongestTimeItIsNotWorthWaiting() {
        KeepAlive rare = after(1, 300, 300, 300, 300, 300, 300);

        assertThat(rare.keepNanos()).isEqualTo(MINUTE);
        assertThat(rare.isDue(300 * MINUTE)).isFalse();
    }

    @Test
    void nothingIsKeptForLongerThanTheLongestTime() {
        assertThat(after(1, 1, 1, 300, 1, 300).keepNanos()).isEqualTo(120 * MINUTE);
    }

    private static KeepAlive after(int... minutes) {
        var times = new IdleTimes(64);
        for (int each : minutes) {
            times.add(each * MINUTE);
        }
        return KeepAlive.of(times, USUAL, LONGEST);
    }
}
