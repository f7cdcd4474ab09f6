package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private static final long SECOND = 1_000 * MILLI;
    private static final long HOUR = 3_600 * SECOND;
    private static final int CALLS = 6;

    @Test
    void whatCannotBeMadeReadyForTheNextCallIsNotTriedEachSecond() {
        var pool = new SimulatedPool(Fixtures.config(1024, Fixtures.LEARNED), List.of(), 1);
        pool.tickNanos = SECOND;
        for (int i = 0; i < CALLS; i++) {
            pool.at(i * HOUR, () -> pool.submit(Fixtures.demand("hourly", 128), MILLI));
        }
        pool.runUntil((CALLS - 1) * HOUR + HOUR / 2);
        int before = pool.starts;
        pool.faults = 1;

        pool.runUntil((CALLS + 1) * HOUR);

        assertThat(pool.starts - before).isBetween(10, 60);
    }
}
