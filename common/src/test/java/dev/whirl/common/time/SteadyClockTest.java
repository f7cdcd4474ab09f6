package dev.whirl.common.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    @Test
    @Tag("attack-45")
    void itGoesOnFromWhereItBeganByWhatHasPassed() {
        var nanos = new AtomicLong(Long.MAX_VALUE - 10); // such a scale may overflow
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        var clock = new SteadyClock(noon, nanos::get);

        assertThat(clock.instant()).isEqualTo(noon);
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.instant()).isEqualTo(noon.plusSeconds(1));
    }
}
