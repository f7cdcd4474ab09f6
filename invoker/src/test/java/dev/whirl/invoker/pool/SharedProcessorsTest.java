package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.SimulatedPool.Ticket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pool where work and starts share the machine's processors.
class SharedProcessorsTest {
    private static final long SECOND = 1_000 * MILLI;

    @Test
    @Tag("P-8")
    void workThatKeepsAllProcessorsBusyGetsNoMoreSandboxesThanHelp() {
        var pool = new SimulatedPool(Fixtures.config(8192), List.of(new StemCell(Fixtures.spec("node", 256), 2)), 1);
        pool.processors.count = 2;
        pool.runUntil(SECOND);
        PoolSimulationTest.closedLoop(pool, Fixtures.demand("hello", 128), 12 * MILLI, 32, 11 * SECOND);
        pool.runUntil(12 * SECOND);

        assertThat(pool.roster.tally.idle).isBetween(2, 3);
        assertThat(PoolSimulationTest.ended(pool, "hello")).isGreaterThan(1_500); // two processors could do 1,667
        pool.checkEnd();
    }

    @Test
    @Tag("P-8")
    void workThatSleepsGetsItsSandboxesThoughOthersKeepAllProcessorsBusy() {
        var pool = new SimulatedPool(Fixtures.config(8192), List.of(), 1);
        Demand slow = Fixtures.demand("slow", 128);
        PoolSimulationTest.warm(pool, slow, 2 * SECOND);
        pool.processors.areTaken = true;

        List<Ticket> burst = PoolSimulationTest.submit(pool, slow, 2 * SECOND, 30);
        pool.runUntil(pool.now() + 60 * SECOND);

        assertThat(pool.starts).isGreaterThan(20);
        assertThat(burst).allMatch(each -> each.waited() < 7 * SECOND / 2);
        pool.checkEnd();
    }
}
