package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.SimulatedPool.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolSimulationTest {
    private static final long SECOND = 1_000 * MILLI;

    static List<Long> seeds() {
        var seeds = new ArrayList<Long>();
        for (long seed = 1; seed <= Long.getLong("whirl.simulation.seeds", 20); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("I-19")
    @Tag("I-20")
    @Tag("I-21")
    @Tag("I-23")
    void everyJobEndsOnceAndMemoryIsNeverOvercommitted(long seed) {
        var random = new Random(seed);
        var stems = List.of(new StemCell(Fixtures.spec("node", 256), 2), new StemCell(Fixtures.spec("python", 128), 1));
        DemandConfig demand = seed % 2 == 0 ? Fixtures.LEARNED : Fixtures.FIXED;
        var pool = new SimulatedPool(Fixtures.config(1024 + random.nextInt(3) * 512, demand), stems, seed);
        pool.faults = 0.02;
        pool.isConcurrent = random.nextBoolean();
        pool.canPause = random.nextBoolean();
        List<Demand> demands = demands(random);

        long horizon = 40 * SECOND;
        arrivals(pool, random, demands, horizon);
        pool.runUntil(horizon);
        pool.faults = 0;
        pool.runUntil(horizon + 90 * SECOND);

        pool.checkEnd();
        assertThat(pool.tickets).hasSizeGreaterThan(1_000);
    }

    @Test
    @Tag("P-8")
    void aBurstOnAWarmActionQueuesInsteadOfStartingManySandboxes() {
        var pool = new SimulatedPool(Fixtures.config(8192), List.of(), 1);
        Demand hello = Fixtures.demand("hello", 128);
        warm(pool, hello, MILLI);
        int before = pool.starts;

        List<Ticket> burst = submit(pool, hello, MILLI, 100);
        pool.runUntil(pool.now() + 5 * SECOND);

        assertThat(pool.starts - before).isZero();
        assertThat(burst).allMatch(each -> each.waited() <= 100 * MILLI);
        pool.checkEnd();
    }

    @Test
    @Tag("P-8")
    void manyCallersOfAQuickActionGetAHandfulOfSandboxesAndNotOneEach() {
        var pool = new SimulatedPool(Fixtures.config(8192), List.of(new StemCell(Fixtures.spec("node", 256), 2)), 1);
        closedLoop(pool, Fixtures.demand("hello", 128), MILLI / 5, 64, 5 * SECOND);
        pool.runUntil(6 * SECOND);

        assertThat(pool.roster.tally.idle).isBetween(2, 4);
        assertThat(ended(pool, "hello")).isGreaterThan(40_000);
        pool.checkEnd();
    }

    @Test
    @Tag("P-8")
    void slowWorkGetsMoreSandboxesWithinTheTimeOfAStart() {
        var pool = new SimulatedPool(Fixtures.config(8192), List.of(), 1);
        Demand slow = Fixtures.demand("slow", 128);
        warm(pool, slow, 2 * SECOND);

        List<Ticket> burst = submit(pool, slow, 2 * SECOND, 8);
        pool.runUntil(pool.now() + 30 * SECOND);

        assertThat(pool.starts).isBetween(5, 8);
        assertThat(burst).allMatch(each -> each.waited() < 3 * SECOND);
        pool.checkEnd();
    }

    @Test
    @Tag("P-3")
    @Tag("P-7")
    void aHotActionDoesNotStarveOneThatWaitsForMemory() {
        var pool = new SimulatedPool(Fixtures.config(512), List.of(), 7);
        Demand hot = Fixtures.demand("hot", 256);
        Demand rare = Fixtures.demand("rare", 256);
        closedLoop(pool, hot, 20 * MILLI, 16, 20 * SECOND);
        pool.runUntil(5 * SECOND);

        Ticket waiting = pool.submit(rare, 20 * MILLI);
        pool.runUntil(30 * SECOND);

        assertThat(waiting.answer).isInstanceOf(Job.Place.class);
        assertThat(waiting.waited()).isLessThan(SECOND);
        pool.checkEnd();
    }

    @Test
    @Tag("P-3")
    void aHotActionThatSharesItsSandboxMakesRoomToo() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 7);
        pool.isConcurrent = true;
        Demand hot = Fixtures.demand("hot", 256, 50, null);
        closedLoop(pool, hot, 20 * MILLI, 16, 20 * SECOND);
        pool.runUntil(5 * SECOND);

        Ticket waiting = pool.submit(Fixtures.demand("rare", 256), 20 * MILLI);
        pool.runUntil(30 * SECOND);

        assertThat(waiting.waited()).isLessThan(SECOND);
        pool.checkEnd();
    }

    @Test
    @Tag("P-7")
    void twoHotActionsThatShareMemoryForOneTakeTurnsOfTheFairnessWindow() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 7);
        closedLoop(pool, Fixtures.demand("a", 256), 10 * MILLI, 8, 20 * SECOND);
        closedLoop(pool, Fixtures.demand("b", 256), 10 * MILLI, 8, 20 * SECOND);
        pool.runUntil(40 * SECOND);

        long a = ended(pool, "a");
        long b = ended(pool, "b");
        assertThat(pool.starts).isLessThan(60); // about one for each window of 500 ms
        assertThat(a + b).isGreaterThan(1_000); // 2,000 without any change
        assertThat((double) Math.min(a, b) / Math.max(a, b)).isGreaterThan(0.6);
        pool.checkEnd();
    }

    @Test
    @Tag("P-3")
    void aLargeJobIsNotStarvedBySmallOnes() {
        var pool = new SimulatedPool(Fixtures.config(512), List.of(), 3);
        for (int i = 0; i < 6; i++) {
            closedLoop(pool, Fixtures.demand("small" + i, 128), 30 * MILLI, 4, 20 * SECOND);
        }
        pool.runUntil(5 * SECOND);

        Ticket large = pool.submit(Fixtures.demand("large", 512), MILLI);
        pool.runUntil(40 * SECOND);

        assertThat(large.answer).isInstanceOf(Job.Place.class);
        assertThat(large.waited()).isLessThan(3 * SECOND);
        pool.checkEnd();
    }

    @Test
    @Tag("I-23")
    @Tag("P-1")
    void aStemCellServesAFunctionNeverSeenBeforeAndIsReplaced() {
        var pool = new SimulatedPool(Fixtures.config(2048), List.of(new StemCell(Fixtures.spec("node", 256), 2)), 1);
        pool.runUntil(2 * SECOND);
        assertThat(pool.roster.tally.prewarmed).isEqualTo(2);

        Ticket small = pool.submit(Fixtures.demand("small", 128), MILLI);
        Ticket large = pool.submit(Fixtures.demand("large", 512), MILLI);
        pool.runUntil(4 * SECOND);

        assertThat(small.waited()).isZero();
        assertThat(large.waited()).isZero();
        assertThat(pool.roster.tally.prewarmed).isEqualTo(2);
        assertThat(pool.roster.tally.usedBytes).isEqualTo((128L + 512 + 2 * 256) * 1024 * 1024);
        pool.checkEnd();
    }

    @Test
    @Tag("I-23")
    @Tag("P-1")
    void newFunctionsFindAStemCellThoughThePoolIsFullOfOldOnes() {
        var pool = new SimulatedPool(Fixtures.config(4096), List.of(new StemCell(Fixtures.spec("node", 256), 2)), 1);
        pool.runUntil(SECOND);
        for (int i = 0; i < 60; i++) {
            pool.submit(Fixtures.demand("function" + i, 256), MILLI);
            pool.runUntil(pool.now() + SECOND);
        }

        assertThat(pool.tickets).allMatch(each -> each.waited() == 0);
        pool.checkEnd();
    }

    @Test
    @Tag("I-23")
    void aSandboxInUseIsNotEvictedForAStemCell() {
        var pool = new SimulatedPool(Fixtures.config(512), List.of(new StemCell(Fixtures.spec("node", 256), 1)), 1);
        pool.runUntil(SECOND);
        Demand a = Fixtures.demand("a", 256);
        Demand b = Fixtures.demand("b", 256);
        for (int i = 0; i < 20; i++) {
            pool.submit(a, MILLI);
            pool.submit(b, MILLI);
            pool.runUntil(pool.now() + 2 * SECOND);
        }

        assertThat(pool.starts).isEqualTo(2);
        pool.checkEnd();
    }

    @Test
    @Tag("I-20")
    void anIdleSandboxIsFrozenAfterTheGraceAndRemovedAfterTheTimeout() {
        var pool = new SimulatedPool(Fixtures.config(1024), List.of(), 1);
        pool.canPause = true;
        pool.submit(Fixtures.demand("hello", 128), MILLI);

        pool.runUntil(9 * SECOND);
        assertThat(only(pool).state).isInstanceOf(SandboxState.Idle.class);
        pool.runUntil(12 * SECOND);
        assertThat(only(pool).state).isInstanceOf(SandboxState.Paused.class);
        pool.runUntil(590 * SECOND);
        assertThat(pool.roster.all()).hasSize(1);
        pool.runUntil(602 * SECOND);
        assertThat(pool.roster.all()).isEmpty();
    }

    @Test
    @Tag("I-20")
    void aFrozenSandboxIsThawedForTheNextRun() {
        var pool = new SimulatedPool(Fixtures.config(1024), List.of(), 1);
        pool.canPause = true;
        pool.submit(Fixtures.demand("hello", 128), MILLI);
        pool.runUntil(20 * SECOND);

        Ticket next = pool.submit(Fixtures.demand("hello", 128), MILLI);
        pool.runUntil(21 * SECOND);

        assertThat(next.answer)
                .isInstanceOfSatisfying(
                        Job.Place.class, place -> assertThat(place.task()).isInstanceOf(Job.Task.Thaw.class));
        assertThat(pool.starts).isEqualTo(1);
        pool.checkEnd();
    }

    @Test
    @Tag("K-18")
    void oneSandboxIsFilledBeforeTheNextIsTaken() {
        var pool = new SimulatedPool(Fixtures.config(4096), List.of(), 1);
        pool.isConcurrent = true;
        Demand shared = Fixtures.demand("shared", 128, 10, null);
        warm(pool, shared, 50 * MILLI);

        List<Ticket> tickets = submit(pool, shared, 50 * MILLI, 10);
        pool.runUntil(pool.now() + SECOND);

        assertThat(tickets).allMatch(each -> each.waited() == 0);
        assertThat(pool.starts).isEqualTo(1);
        pool.checkEnd();
    }

    @Test
    void aJobThatNeverGetsMemoryIsRefusedAtTheDeadline() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 1);
        pool.submit(Fixtures.demand("long", 256), 200 * SECOND);
        pool.runUntil(SECOND);

        Ticket refused = pool.submit(Fixtures.demand("other", 256), MILLI);
        pool.runUntil(300 * SECOND);

        assertThat(refused.answer)
                .isInstanceOfSatisfying(
                        Job.Refused.class, answer -> assertThat(answer.reason()).isEqualTo(Reason.DEADLINE));
        assertThat(refused.waited()).isBetween(60 * SECOND, 60 * SECOND + 10 * MILLI);
        pool.checkEnd();
    }

    @Test
    void aJobLargerThanThePoolIsRefusedAtOnce() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 1);

        Ticket refused = pool.submit(Fixtures.demand("large", 512), MILLI);

        assertThat(refused.answer)
                .isInstanceOfSatisfying(
                        Job.Refused.class, answer -> assertThat(answer.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void theQueueIsBounded() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 1);
        Demand slow = Fixtures.demand("slow", 256, 1, 1);

        List<Ticket> tickets = submit(pool, slow, SECOND, 10_005);

        assertThat(tickets.stream().filter(each -> each.answer instanceof Job.Refused))
                .hasSize(5);
    }

    @Test
    @Tag("attack-29")
    void manyColdActionsAtOnceAreStartedAFewAtATime() {
        var pool = new SimulatedPool(Fixtures.config(65_536), List.of(), 1);
        for (int i = 0; i < 50; i++) {
            pool.submit(Fixtures.demand("cold" + i, 128), MILLI);
            assertThat(pool.roster.tally.starting).isLessThanOrEqualTo(2);
        }
        pool.runUntil(30 * SECOND);

        assertThat(pool.starts).isEqualTo(50);
        pool.checkEnd();
    }

    private static Slot only(SimulatedPool pool) {
        assertThat(pool.roster.all()).hasSize(1);
        return pool.roster.all().iterator().next();
    }

    static void warm(SimulatedPool pool, Demand demand, long runNanos) {
        for (int i = 0; i < 3; i++) {
            pool.submit(demand, runNanos);
            pool.runUntil(pool.now() + 3 * SECOND);
        }
        assertThat(pool.starts).isEqualTo(1);
    }

    static List<Ticket> submit(SimulatedPool pool, Demand demand, long runNanos, int count) {
        var tickets = new ArrayList<Ticket>();
        for (int i = 0; i < count; i++) {
            tickets.add(pool.submit(demand, runNanos));
        }
        return tickets;
    }

    /// So many callers, each of which calls again as soon as it has its answer.
    static void closedLoop(SimulatedPool pool, Demand demand, long runNanos, int callers, long until) {
        for (int i = 0; i < callers; i++) {
            again(pool, demand, runNanos, until);
        }
    }

    private static void again(SimulatedPool pool, Demand demand, long runNanos, long until) {
        Ticket ticket = pool.submit(demand, runNanos);
        ticket.then = () -> pool.at(pool.now() + MILLI, () -> {
            if (pool.now() < until) {
                again(pool, demand, runNanos, until);
            }
        });
    }

    static long ended(SimulatedPool pool, String action) {
        return pool.tickets.stream()
                .filter(each -> each.demand.key().equals(Fixtures.key(action)))
                .filter(each -> each.answer instanceof Job.Place)
                .count();
    }

    private static List<Demand> demands(Random random) {
        var demands = new ArrayList<Demand>();
        int[] sizes = {128, 256, 512};
        for (int i = 0; i < 12; i++) {
            String runtime = random.nextBoolean() ? "node" : "python";
            demands.add(new Demand(
                    Fixtures.key("action" + i),
                    Fixtures.spec(runtime, sizes[random.nextInt(3)]),
                    random.nextInt(3) == 0 ? 8 : 1,
                    random.nextInt(4) == 0 ? 1 + random.nextInt(2) : null));
        }
        return demands;
    }

    private static void arrivals(SimulatedPool pool, Random random, List<Demand> demands, long horizon) {
        long at = 0;
        while (at < horizon) {
            at += (long) (random.nextDouble() * 60 * MILLI);
            int burst = random.nextInt(20) == 0 ? 1 + random.nextInt(40) : 1;
            Demand demand = demands.get((int) (12 * random.nextDouble() * random.nextDouble()));
            long run = random.nextInt(10) == 0 ? random.nextInt(2_000) * MILLI : random.nextInt(40) * MILLI / 10;
            for (int i = 0; i < burst; i++) {
                pool.at(at, () -> pool.submit(demand, run + 1));
            }
            if (random.nextInt(60) == 0) {
                pool.at(at, () -> pool.change(demand.key()));
            }
        }
    }
}
