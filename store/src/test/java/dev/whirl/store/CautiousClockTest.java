package dev.whirl.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whom the housekeeper believes.
@Tag("attack-45")
class CautiousClockTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock wall = new ManualClock(NOON);
    private final ManualClock steady = new ManualClock(Instant.EPOCH);
    private final CautiousClock clock = new CautiousClock(wall, steady);

    @Test
    void itFollowsTheMachinesClockWhileThatGoesOnEvenlyOrNearlySo() {
        pass(Duration.ofDays(10));
        assertThat(clock.instant()).isEqualTo(wall.instant());

        wall.advance(Duration.ofMinutes(59));
        assertThat(clock.instant()).isEqualTo(wall.instant());
        wall.advance(Duration.ofDays(-3));
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void aLeapAheadCountsOnlyAfterSomeHours() {
        wall.advance(Duration.ofDays(8));

        assertThat(clock.instant()).isEqualTo(NOON);
        pass(CautiousClock.DOUBT.minusMinutes(1));
        assertThat(clock.instant()).isEqualTo(NOON.plus(CautiousClock.DOUBT).minus(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void aClockThatIsSetRightInTimeIsBelievedAtOnceAndDoubtedAnew() {
        wall.advance(Duration.ofDays(8));
        assertThat(clock.instant()).isEqualTo(NOON);
        pass(Duration.ofHours(5));
        wall.advance(Duration.ofDays(-8));
        assertThat(clock.instant()).isEqualTo(wall.instant());

        pass(Duration.ofHours(2));
        wall.advance(Duration.ofDays(8));

        assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofHours(7)));
    }

    private void pass(Duration time) {
        wall.advance(time);
        steady.advance(time);
    }
}
