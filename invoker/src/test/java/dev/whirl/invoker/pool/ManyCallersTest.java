package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.SimulatedPool.Ticket;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Callers that want more than there is, and those beside them.
class ManyCallersTest {
    private static final long SECOND = 1_000 * MILLI;

    @Test
    @Tag("attack-29")
    void aCallerDoesNotWaitForAllThatAnotherOneHasSent() {
        var pool = new SimulatedPool(Fixtures.config(1024), List.of(), 1);
        List<Ticket> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            flood.add(pool.submit(Fixtures.demand("flood", 256), SECOND));
        }
        pool.runUntil(2 * SECOND);

        Ticket other = pool.submit(of("other", Fixtures.demand("small", 256)), 10 * MILLI);
        pool.runUntil(80 * SECOND);

        assertThat(other.waited()).isLessThan(4 * SECOND);
        assertThat(flood.stream().filter(each -> each.grantedAt >= 0)).hasSize(200);
        pool.checkEnd();
    }

    @Test
    @Tag("attack-29")
    void callersTakeTurnsWhoeverHasMoreActions() {
        var pool = new SimulatedPool(Fixtures.config(512), List.of(), 1);
        for (int i = 0; i < 30; i++) {
            pool.submit(Fixtures.demand("many" + i, 512), SECOND);
        }
        pool.runUntil(SECOND / 2);

        Ticket other = pool.submit(of("other", Fixtures.demand("small", 512)), 10 * MILLI);
        pool.runUntil(59 * SECOND);

        assertThat(other.waited()).isLessThan(5 * SECOND);
        pool.checkEnd();
    }

    @Test
    @Tag("attack-29")
    void startsThatDoNotEndKeepNoOtherCallerFromStarting() {
        var pool = new SimulatedPool(Fixtures.config(4096), List.of(), 1);
        pool.startNanos = 1_000 * SECOND;
        for (int i = 0; i < 10; i++) {
            pool.submit(Fixtures.demand("stuck" + i, 256), MILLI);
        }
        pool.startNanos = 150 * MILLI;

        Ticket other = pool.submit(of("other", Fixtures.demand("small", 256)), 10 * MILLI);
        pool.runUntil(20 * SECOND);

        assertThat(other.waited()).isLessThan(6 * SECOND);
        assertThat(pool.starts).isEqualTo(3);
    }

    @Test
    @Tag("attack-29")
    void anInitThatDoesNotEndKeepsNobodyFromStemCells() {
        var pool = new SimulatedPool(Fixtures.config(4096), List.of(new StemCell(Fixtures.spec("node", 256), 1)), 1);
        pool.runUntil(SECOND);
        pool.initNanos = 1_000 * SECOND;

        Ticket stuck = pool.submit(Fixtures.demand("stuck", 256), MILLI);
        pool.runUntil(10 * SECOND);

        assertThat(stuck.isLeased).isTrue();
        assertThat(pool.roster.tally.prewarmed).isEqualTo(1);
    }

    @Test
    @Tag("attack-29")
    void aStemCellWhoseStartDoesNotEndIsNotStartedAgain() {
        var pool = new SimulatedPool(Fixtures.config(4096), List.of(new StemCell(Fixtures.spec("node", 256), 1)), 1);
        pool.startNanos = 1_000 * SECOND;

        pool.runUntil(100 * SECOND);

        assertThat(pool.starts).isEqualTo(1);
    }

    @Test
    void anAcceptedJobWaitsLongerThanOneWhoseCallerWaits() {
        var pool = new SimulatedPool(patient(), List.of(), 1);
        pool.submit(Fixtures.demand("long", 256), 100 * SECOND);
        pool.runUntil(SECOND);

        Ticket accepted = pool.submit(Fixtures.demand("other", 256).accepted(), MILLI);
        Ticket blocking = pool.submit(Fixtures.demand("other", 256), MILLI);
        pool.runUntil(200 * SECOND);

        assertThat(blocking.answer)
                .isInstanceOfSatisfying(
                        Job.Refused.class,
                        refused -> assertThat(refused.detail()).isEqualTo("waited 60 s for a sandbox"));
        assertThat(accepted.answer).isInstanceOf(Job.Place.class);
        assertThat(accepted.waited()).isGreaterThan(90 * SECOND);
    }

    private static PoolConfig patient() {
        PoolConfig each = Fixtures.config(256);
        return new PoolConfig(
                each.memory(),
                each.idleTimeout(),
                each.pauseGrace(),
                each.queueLimit(),
                each.queueDeadline(),
                each.fairnessWindow(),
                each.parallelStarts(),
                each.steadySandboxes(),
                each.demand(),
                Duration.ofHours(1));
    }

    private static Demand of(String caller, Demand demand) {
        var namespace = new Namespace(new NamespaceName(caller), "uuid-of-" + caller);
        var key = new ActionKey(namespace, demand.key().action(), demand.key().revision());
        return new Demand(key, demand.spec(), demand.concurrency(), demand.instances());
    }
}
