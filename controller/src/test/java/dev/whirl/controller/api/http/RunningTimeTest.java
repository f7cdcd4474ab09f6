package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningTimeTest {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000); // any scale, also one that overflows
    private final RunningTime time = new RunningTime(LOOK, clock::get);

    @Test
    void itGoesOnWithTheClockWhileSomebodyLooks() {
        long before = time.nanos();

        for (int i = 0; i < 10; i++) {
            after(Duration.ofMillis(700)); // a little late, as on a busy machine
        }

        assertThat(time.nanos() - before).isEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void itStandsStillWhileNobodyCouldLook() {
        after(LOOK);
        long before = time.nanos();

        after(Duration.ofSeconds(10));

        assertThat(time.nanos() - before).isEqualTo(LOOK.toNanos());
    }

    private void after(Duration time) {
        clock.addAndGet(time.toNanos());
        this.time.look();
    }
}
