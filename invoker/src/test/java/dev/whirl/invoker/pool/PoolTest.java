package dev.whirl.invoker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandboxes;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static final Demand HELLO = Fixtures.demand("hello", 256);

    private final List<Pool> pools = new ArrayList<>();

    @AfterEach
    void close() {
        pools.forEach(Pool::close);
    }

    @Test
    @Tag("I-19")
    void aSecondJobFindsTheSandboxOfTheFirst() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(1024));

        StartKind first = runOnce(pool, HELLO);
        StartKind second = runOnce(pool, HELLO);

        assertThat(first).isEqualTo(StartKind.COLD);
        assertThat(second).isEqualTo(StartKind.WARM);
        assertThat(sandboxes.started).hasSize(1);
    }

    @Test
    void aLeaseThatNobodyCalledReusableDestroysTheSandbox() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(1024));

        try (Lease lease = granted(pool, HELLO)) {
            initialize(lease);
        }

        await().until(() -> sandboxes.alive().isEmpty());
        await().until(() -> pool.snapshot().used().equals(ByteSize.ZERO));
    }

    @Test
    void aStartThatEndsInAnErrorOfTheMachineGivesItsMemoryBack() throws Exception {
        Pool pool = open(
                new ScriptedSandboxes(new Script() {
                    @Override
                    public void start(String runtime) {
                        throw new StackOverflowError("such as: unable to create a thread");
                    }
                }),
                Fixtures.config(256));

        assertThat(pool.lease(HELLO)).isInstanceOf(Admission.Refused.class);
        assertThat(pool.snapshot().used()).isEqualTo(ByteSize.ZERO);
    }

    @Test
    void aSandboxThatCannotBeThawedByMistakeIsClosedAndItsPlaceGivenBack() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public boolean canPause() {
                return true;
            }

            @Override
            public void resume() {
                throw new IllegalStateException("a mistake");
            }
        });
        var config = new PoolConfig(
                ByteSize.mebibytes(256),
                Duration.ofMinutes(10),
                Duration.ofMillis(1),
                100,
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                2,
                2,
                Fixtures.FIXED);
        Pool pool = open(sandboxes, config);
        runOnce(pool, HELLO);
        await().until(() -> sandboxes.started.getFirst().isPaused());

        assertThatThrownBy(() -> pool.lease(HELLO)).isInstanceOf(IllegalStateException.class);

        await().until(() -> sandboxes.started.getFirst().isClosed());
        await().until(() -> pool.snapshot().used().equals(ByteSize.ZERO));
    }

    @Test
    @Tag("attack-4")
    @Tag("attack-5")
    void aSandboxWithLeftoversIsNeverUsedAgain() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public Condition inspect() {
                return Condition.LEFTOVERS;
            }
        });
        Pool pool = open(sandboxes, Fixtures.config(1024));

        runOnce(pool, HELLO);
        runOnce(pool, HELLO);

        assertThat(sandboxes.started).hasSize(2);
        await().until(() -> sandboxes.alive().isEmpty());
    }

    @Test
    @Tag("attack-7")
    @Tag("attack-15")
    void callersNeverShareASandbox() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(1024));
        var otherKey = new ActionKey(
                new dev.whirl.model.identity.Namespace(Fixtures.CALLER.name(), "uuid-2"),
                HELLO.key().action(),
                HELLO.key().revision());

        runOnce(pool, HELLO);
        runOnce(pool, new Demand(otherKey, HELLO.spec(), 1, null));

        assertThat(sandboxes.started).hasSize(2);
    }

    @Test
    @Tag("P-1")
    void aStemCellIsResizedToTheActionsMemory() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(1024), new StemCell(Fixtures.spec("node", 256), 1));
        await().until(() -> pool.snapshot().prewarmed() == 1);

        StartKind kind = runOnce(pool, Fixtures.demand("small", 128));

        assertThat(kind).isEqualTo(StartKind.PREWARMED);
        assertThat(sandboxes.started.getFirst().spec().memory()).isEqualTo(ByteSize.mebibytes(128));
        await().until(() -> pool.snapshot().prewarmed() == 1);
    }

    @Test
    @Tag("P-1")
    void aStemCellThatCannotBeResizedIsLeftForActionsOfItsMemory() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public boolean canResize() {
                return false;
            }
        });
        Pool pool = open(sandboxes, Fixtures.config(1024), new StemCell(Fixtures.spec("node", 256), 1));
        await().until(() -> pool.snapshot().prewarmed() == 1);

        assertThat(runOnce(pool, Fixtures.demand("small", 128))).isEqualTo(StartKind.COLD);
        assertThat(runOnce(pool, Fixtures.demand("fitting", 256))).isEqualTo(StartKind.PREWARMED);
    }

    @Test
    void aStartThatFailsRefusesItsJobAndTheNextJobTriesAgain() throws Exception {
        var fails = new AtomicBoolean(true);
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public void start(String runtime) throws SandboxException {
                if (fails.get()) {
                    throw new SandboxException("no interpreter");
                }
            }
        });
        Pool pool = open(sandboxes, Fixtures.config(1024));

        Admission refused = pool.lease(HELLO);
        fails.set(false);
        runOnce(pool, HELLO);

        assertThat(refused).isEqualTo(new Admission.Refused(Reason.START_FAILED, "no interpreter"));
        assertThat(pool.snapshot().used()).isEqualTo(ByteSize.mebibytes(256));
    }

    @Test
    @Tag("I-22")
    void aFrozenSandboxThatDoesNotWakeIsReplaced() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public boolean canPause() {
                return true;
            }

            @Override
            public void resume() throws SandboxException {
                throw new SandboxException("frozen stiff");
            }
        });
        var config = new PoolConfig(
                ByteSize.mebibytes(1024),
                Duration.ofMinutes(10),
                Duration.ofMillis(1),
                100,
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                2,
                2,
                Fixtures.FIXED);
        Pool pool = open(sandboxes, config);
        runOnce(pool, HELLO);
        await().until(() -> sandboxes.started.getFirst().isPaused());

        StartKind kind = runOnce(pool, HELLO);

        assertThat(kind).isEqualTo(StartKind.COLD);
        await().until(() -> sandboxes.started.getFirst().isClosed());
    }

    @Test
    void evictionWaitsUntilTheOldSandboxIsGone() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(256));

        runOnce(pool, HELLO);
        runOnce(pool, Fixtures.demand("other", 256));

        assertThat(sandboxes.started.getFirst().isClosed()).isTrue();
        assertThat(pool.snapshot().used()).isEqualTo(ByteSize.mebibytes(256));
    }

    @Test
    @Tag("I-8")
    void retiredActionsLoseTheirIdleSandboxes() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(1024));
        runOnce(pool, HELLO);
        runOnce(pool, Fixtures.demand("other", 256));

        pool.retire(key -> key.equals(HELLO.key()));

        await().until(() -> sandboxes.alive().size() == 1);
        assertThat(pool.warmPlaces()).containsOnlyKeys(Fixtures.key("other").action());
    }

    @Test
    void anInterruptedJobTakesNoPlaceWithIt() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(256));
        Lease held = granted(pool, HELLO);
        initialize(held);
        var wasInterrupted = new CountDownLatch(1);
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                pool.lease(HELLO);
            } catch (InterruptedException _) {
                wasInterrupted.countDown();
            }
        });
        await().until(() -> pool.snapshot().waiting() == 1);

        waiter.interrupt();

        assertThat(wasInterrupted.await(10, TimeUnit.SECONDS)).isTrue();
        held.reusable();
        held.close();
        assertThat(runOnce(pool, HELLO)).isEqualTo(StartKind.WARM);
    }

    @Test
    void closingEndsRunsAndRefusesThoseThatWait() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        Pool pool = open(sandboxes, Fixtures.config(256));
        Lease held = granted(pool, HELLO);
        initialize(held);
        var refused = new AtomicInteger();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                if (pool.lease(HELLO) instanceof Admission.Refused(var reason, var detail)
                        && reason == Reason.STOPPING
                        && !detail.isEmpty()) {
                    refused.incrementAndGet();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> pool.snapshot().waiting() == 1);

        Thread closer = Thread.ofVirtual().start(pool::close);
        waiter.join(Duration.ofSeconds(10));
        await().until(() -> sandboxes.alive().isEmpty());
        held.close();
        closer.join(Duration.ofSeconds(10));

        assertThat(refused).hasValue(1);
        assertThat(pool.snapshot().used()).isEqualTo(ByteSize.ZERO);
        assertThat(pool.lease(HELLO)).isInstanceOf(Admission.Refused.class);
    }

    @Test
    @Tag("K-18")
    @Tag("P-8")
    void manyThreadsOnOneSharedSandboxAndOnSeveralOfTheirOwnLeaveTheBooksInOrder() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script() {
            @Override
            public boolean runsConcurrently() {
                return true;
            }
        });
        Pool pool = open(sandboxes, Fixtures.config(2048));
        List<Demand> demands =
                List.of(Fixtures.demand("shared", 128, 8, null), HELLO, Fixtures.demand("other", 512, 1, 2));
        var done = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 24; i++) {
            Demand demand = demands.get(i % 3);
            threads.add(Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 200; round++) {
                    if (ran(pool, demand)) {
                        done.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread each : threads) {
            assertThat(each.join(Duration.ofSeconds(60))).isTrue();
        }

        assertThat(done).hasValue(24 * 200);
        assertThat(sandboxes.abuses()).isEmpty();
        assertThat(pool.snapshot().active()).isZero();
        assertThat(pool.snapshot().waiting()).isZero();
    }

    private Pool open(ScriptedSandboxes sandboxes, PoolConfig config, StemCell... stems) {
        var pool = new Pool(config, List.of(stems), sandboxes, System::nanoTime);
        pool.start();
        pools.add(pool);
        return pool;
    }

    private static boolean ran(Pool pool, Demand demand) {
        try {
            runOnce(pool, demand);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static StartKind runOnce(Pool pool, Demand demand) throws InterruptedException {
        try (Lease lease = granted(pool, demand)) {
            if (lease.needsInit()) {
                initialize(lease);
            }
            ActivationId id = ActivationId.random();
            lease.sandbox()
                    .run(
                            new RunRequest(id, RawJson.EMPTY_OBJECT, ByteSize.ZERO, ByteSize.mebibytes(1)),
                            Duration.ofSeconds(1));
            lease.reusable();
            return lease.kind();
        }
    }

    private static Lease granted(Pool pool, Demand demand) throws InterruptedException {
        return switch (pool.lease(demand)) {
            case Admission.Granted(var lease) -> lease;
            case Admission.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static void initialize(Lease lease) throws InterruptedException {
        lease.sandbox()
                .init(
                        new InitRequest(ActivationId.random(), RawJson.EMPTY_OBJECT, ByteSize.ZERO),
                        Duration.ofSeconds(1));
        lease.initialized();
    }
}
