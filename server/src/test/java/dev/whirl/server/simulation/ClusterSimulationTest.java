package dev.whirl.server.simulation;

import static dev.whirl.server.simulation.SimulatedCluster.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A whole cluster on a clock of its own, with real controllers' decisions, real leases and journals, and faults by the
/// seed. `-Dwhirl.cluster.seed=N` replays one; `-Dwhirl.cluster.seeds=N` takes more of them.
class ClusterSimulationTest {
    private static final long FAULTS = 60 * SECOND;
    private static final long QUIET = 200 * SECOND;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.whirl");
    private static Level before = Level.INFO;

    /// What breaks is told at every turn, thousands of times.
    @BeforeAll
    static void beQuiet() {
        before = LOG.getEffectiveLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void beAsBefore() {
        LOG.setLevel(before);
    }

    @Test
    @Tag("attack-43")
    @Tag("attack-46")
    void whateverBreaksWhatWasPromisedEndsInOneRecordAndNothingRunsTwice() {
        long only = Long.getLong("whirl.cluster.seed", 0);
        LongStream seeds =
                only == 0 ? LongStream.rangeClosed(1, Long.getLong("whirl.cluster.seeds", 200)) : LongStream.of(only);

        seeds.forEach(seed -> {
            try {
                var cluster = run(seed, 0.6, 0.01);
                cluster.checkEnd();
                assertThat(cluster.promisedCalls()).isGreaterThan(20);
                assertThat(cluster.answeredCalls()).isGreaterThan(20);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed %d, to be replayed with -Dwhirl.cluster.seed=%1$d".formatted(seed), e);
            }
        });
    }

    @Test
    void withoutLostMessagesNoPlaceIsGivenBackByForce() {
        for (long seed = 1; seed <= 20; seed++) {
            var cluster = run(seed, 0.0, 0);

            cluster.checkEnd();
            assertThat(cluster.forced()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void aSeedReplaysExactly() {
        assertThat(run(7, 0.6, 0.01)).hasToString(run(7, 0.6, 0.01).toString());
    }

    static SimulatedCluster run(long seed, double faultsPerSecond, double losses) {
        var world = new World(seed);
        var cluster = new SimulatedCluster(world, 2 + (int) (seed % 2), 2 + (int) (seed % 3));
        cluster.losing(losses);
        world.runUntil(5 * SECOND);
        for (long at = 0; at < FAULTS; at += 1 + world.random().nextLong(SECOND / 5)) {
            world.later(at, cluster::call);
        }
        for (double at = 1;
                faultsPerSecond > 0 && at < 55;
                at += 2 * world.random().nextDouble() / faultsPerSecond) {
            world.later((long) (at * SECOND), cluster::fault);
        }
        world.later(FAULTS, () -> cluster.losing(0));
        world.runUntil(world.now() + FAULTS + QUIET);
        return cluster;
    }
}
