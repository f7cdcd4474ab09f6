package dev.whirl.invoker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.invoker.scripted.ScriptedSandboxes;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.ActionBounds.Instances;
import dev.whirl.sandbox.InitRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R-156")
class KeptWarmTest {
    private static final Demand HELLO = Fixtures.demand("hello", 128);

    @ParameterizedTest(name = "idle for {0}s of {1}s with {2} left of which {3} are kept for {4}s: over is {5}")
    @CsvSource({
        "599,600,1,0,0,false",
        "600,600,1,0,0,true",
        "600,600,1,0,3600,true",
        "600,600,1,1,3600,false",
        "600,600,2,1,3600,true",
        "4199,600,1,1,3600,false",
        "4200,600,1,1,3600,true",
        "4200,600,3,9,3600,true",
        "600,600,3,3,0,true",
    })
    void aSandboxStaysAsItsCallersLimitsWantIt(int idle, int keep, int left, int kept, int longer, boolean isOver) {
        var rule = new KeptWarm(kept, Duration.ofSeconds(longer));

        assertThat(rule.isOver(nanos(idle), nanos(keep), left)).isEqualTo(isOver);
    }

    @Test
    void whatIsNotSetIsAsInOpenWhisk() {
        assertThat(KeptWarm.of(Instances.NONE)).isEqualTo(KeptWarm.NONE);
        assertThat(KeptWarm.of(new Instances(5, null, null))).isEqualTo(KeptWarm.NONE);
        assertThat(KeptWarm.of(new Instances(null, 2, null))).isEqualTo(new KeptWarm(2, Duration.ofHours(1)));
        assertThat(KeptWarm.of(new Instances(null, null, Duration.ofMinutes(5))))
                .isEqualTo(new KeptWarm(1, Duration.ofMinutes(5)));
        assertThat(KeptWarm.of(new Instances(null, 1, Duration.ofDays(900_000_000)))
                        .longer())
                .isEqualTo(Duration.ofDays(365));
    }

    @Test
    void ofThreeIdleSandboxesTwoStayUntilTheirTimeIsOver() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        var ahead = new AtomicLong();
        var pool = new Pool(Fixtures.config(1024), List.of(), sandboxes, () -> System.nanoTime() + ahead.get());
        pool.start();
        try {
            runAtOnce(pool, HELLO.keeping(new KeptWarm(2, Duration.ofMinutes(30))), 3);

            ahead.addAndGet(Duration.ofMinutes(11).toNanos());
            await().until(() -> sandboxes.alive().size() == 2);
            ahead.addAndGet(Duration.ofMinutes(28).toNanos());
            await().during(Duration.ofMillis(600)).until(() -> sandboxes.alive().size() == 2);
            ahead.addAndGet(Duration.ofMinutes(2).toNanos());

            await().until(() -> sandboxes.alive().isEmpty());
        } finally {
            pool.close();
        }
    }

    @Test
    void whatIsKeptWarmStillMakesRoomForOthers() throws Exception {
        var sandboxes = new ScriptedSandboxes(new Script());
        var pool = new Pool(Fixtures.config(128), List.of(), sandboxes, System::nanoTime);
        pool.start();
        try {
            runAtOnce(pool, HELLO.keeping(new KeptWarm(9, Duration.ofDays(1))), 1);

            runAtOnce(pool, Fixtures.demand("other", 128), 1);

            assertThat(sandboxes.started).hasSize(2);
        } finally {
            pool.close();
        }
    }

    /// So many at a time, each in a sandbox of its own.
    private static void runAtOnce(Pool pool, Demand demand, int times) throws InterruptedException {
        var leases = new ArrayList<Lease>();
        for (int i = 0; i < times; i++) {
            switch (pool.lease(demand)) {
                case Admission.Granted(var lease) -> leases.add(lease);
                case Admission.Refused refused -> throw new AssertionError(refused);
            }
            Lease lease = leases.getLast();
            lease.sandbox()
                    .init(
                            new InitRequest(ActivationId.random(), RawJson.EMPTY_OBJECT, ByteSize.ZERO),
                            Duration.ofSeconds(1));
            lease.initialized();
        }
        for (Lease each : leases) {
            each.reusable();
            each.close();
        }
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
