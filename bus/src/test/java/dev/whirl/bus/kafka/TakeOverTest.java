package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.Bus.Left.MayHaveStarted;
import dev.whirl.bus.Bus.Left.NotStarted;
import dev.whirl.bus.Deliveries;
import dev.whirl.bus.Samples;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Invokers that are killed, paused and come back, with a real broker between real processes.
class TakeOverTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final InvokerId INVOKER = new InvokerId(0);
    private static final Topic.Work WORK = new Topic.Work(INVOKER);

    private final KafkaBusConfig config = KafkaBusConfig.of(KafkaBroker.shared().servers())
            .withPrefix("take" + NUMBER.incrementAndGet() + "-")
            .withClientSettings(KafkaBroker.QUICK_TO_CLOSE)
            .withTimeouts(new KafkaBusConfig.Timeouts(Duration.ofSeconds(6), Duration.ofMillis(1_500)));
    private final KafkaBus bus = new KafkaBus(config, new SimpleMeterRegistry());
    private final KafkaBus otherBus = new KafkaBus(config, new SimpleMeterRegistry());
    private final BlockingQueue<Left> left = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        bus.close();
        otherBus.close();
    }

    @Test
    @Tag("attack-43")
    void whatAKilledInvokerLeavesGoesToExactlyOneOfThoseThatTakeOver() throws Exception {
        Invocation started = Samples.accepted();
        Invocation waiting = Samples.accepted();
        Invocation done = Samples.accepted();
        Invocation blocking = Samples.blocking();
        try (var invoker = InvokerProcess.start(config)) {
            for (Invocation each : List.of(started, waiting, done, blocking)) {
                bus.publish(WORK, each);
                invoker.expectToGet(each);
            }
            assertThat(invoker.started(done)).isTrue();
            invoker.settled(done);
            assertThat(invoker.started(started)).isTrue();
            invoker.kill();
        }

        bus.takeOver(WORK, left::add);
        otherBus.takeOver(WORK, left::add);
        List<Left> taken = List.of(nextLeft(), nextLeft(), nextLeft());
        Invocation late = Samples.blocking();
        bus.publish(WORK, late);

        assertThat(taken)
                .containsExactly(new MayHaveStarted(started), new NotStarted(waiting), new MayHaveStarted(blocking));
        assertThat(nextLeft()).isEqualTo(new NotStarted(late));
        assertThat(left).isEmpty();
    }

    @Test
    @Tag("attack-46")
    void aPausedInvokerGoesOnWithWhatItHadUnlessThatWasTakenOver() throws Exception {
        Invocation kept = Samples.accepted();
        Invocation taken = Samples.accepted();
        Invocation fresh = Samples.accepted();
        try (var invoker = InvokerProcess.start(config)) {
            bus.publish(WORK, kept);
            invoker.expectToGet(kept);
            invoker.signal("STOP");
            await().atMost(Duration.ofSeconds(20)).until(() -> members() == 0);
            invoker.signal("CONT");
            await().atMost(Duration.ofSeconds(20)).until(() -> holder().equals("invoker"));
            assertThat(startedSoon(invoker, kept)).isTrue();
            assertThat(invoker.started(kept)).isFalse();

            bus.publish(WORK, taken);
            invoker.expectToGet(taken);
            invoker.signal("STOP");
            bus.takeOver(WORK, left::add);
            List<Left> handedOver = List.of(nextLeft(), nextLeft());
            invoker.signal("CONT");
            boolean mayRun = invoker.started(taken);
            await().atMost(Duration.ofSeconds(20)).until(() -> holder().equals("invoker"));
            bus.publish(WORK, fresh);

            assertThat(handedOver).containsExactly(new MayHaveStarted(kept), new NotStarted(taken));
            assertThat(mayRun).isFalse();
            invoker.expectToGet(fresh);
            assertThat(invoker.started(fresh)).isTrue();
            assertThat(left).isEmpty();
        }
    }

    /// If it was too early, it is handed over again.
    private static boolean startedSoon(InvokerProcess invoker, Invocation invocation) {
        if (invoker.started(invocation)) {
            return true;
        }
        invoker.expectToGet(invocation);
        return invoker.started(invocation);
    }

    @Test
    void aLivingInvokerKeepsItsWork() throws Exception {
        Deliveries deliveries = bus.track(WORK, _ -> {});
        bus.subscribe(WORK, received::add);

        try (var _ = otherBus.takeOver(WORK, left::add)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> members() == 2);
            List<Invocation> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(Samples.accepted());
                bus.publish(WORK, sent.getLast());
                assertThat(next()).isEqualTo(sent.getLast());
                assertThat(deliveries.started(sent.getLast().id())).isTrue();
            }
        }

        assertThat(left).isEmpty();
    }

    @Test
    void anInvokerThatComesBackGetsWhatItHadNotStartedAndIsToldOfTheRest() throws Exception {
        Invocation started = Samples.accepted();
        Invocation waiting = Samples.accepted();
        try (var invoker = InvokerProcess.start(config)) {
            for (Invocation each : List.of(started, waiting)) {
                bus.publish(WORK, each);
                invoker.expectToGet(each);
            }
            invoker.started(started);
            invoker.kill();
        }

        Deliveries deliveries = bus.track(WORK, each -> left.add(new MayHaveStarted(each)));
        bus.subscribe(WORK, received::add);

        assertThat(nextLeft()).isEqualTo(new MayHaveStarted(started));
        assertThat(next()).isEqualTo(waiting);
        assertThat(deliveries.started(started.id())).isFalse();
        assertThat(deliveries.started(waiting.id())).isTrue();
        assertThat(received).isEmpty();
    }

    @Test
    void afterAnOrderlyEndNothingIsGivenUp() throws Exception {
        Invocation waiting = Samples.accepted();
        bus.track(WORK, each -> left.add(new MayHaveStarted(each)));
        var first = bus.subscribe(WORK, received::add);
        bus.publish(WORK, waiting);
        next();
        first.close();
        Invocation blocking = Samples.blocking();
        bus.publish(WORK, blocking);

        bus.subscribe(WORK, received::add);

        assertThat(next()).isEqualTo(waiting);
        assertThat(next()).isEqualTo(blocking);
        assertThat(left).isEmpty();
    }

    @Test
    void whoFailsToTakeOverIsCalledAgain() throws Exception {
        Invocation waiting = Samples.accepted();
        bus.publish(WORK, waiting);
        var isFirst = new java.util.concurrent.atomic.AtomicBoolean(true);

        bus.takeOver(WORK, each -> {
            left.add(each);
            if (isFirst.getAndSet(false)) {
                throw new IllegalStateException("the store is away");
            }
        });

        assertThat(nextLeft()).isEqualTo(new NotStarted(waiting));
        assertThat(nextLeft()).isEqualTo(new MayHaveStarted(waiting));
    }

    private String holder() {
        return Groups.holder(config.servers(), config.topics().prefix() + "invoker0")
                .map(each -> each.startsWith("whirl-takeover") ? "taker" : "invoker")
                .orElse("nobody");
    }

    private int members() {
        return Groups.members(config.servers(), config.topics().prefix() + "invoker0");
    }

    private Left nextLeft() throws InterruptedException {
        Left next = left.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return java.util.Objects.requireNonNull(next);
    }

    private Message next() throws InterruptedException {
        Message next = received.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return java.util.Objects.requireNonNull(next);
    }
}
