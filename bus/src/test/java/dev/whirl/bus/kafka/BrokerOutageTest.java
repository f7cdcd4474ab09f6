package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.BusException;
import dev.whirl.bus.Deliveries;
import dev.whirl.bus.Samples;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A broker that goes away and comes back, under a bus that is in use.
class BrokerOutageTest {
    private static final Topic.Work WORK = new Topic.Work(new InvokerId(0));

    private final KafkaBroker broker = KafkaBroker.shared();
    private final KafkaBusConfig config = KafkaBusConfig.of(broker.servers())
            .withPrefix("outage-")
            .withTimeouts(new KafkaBusConfig.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10)));
    private final BlockingQueue<Message> work = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> beats = new LinkedBlockingQueue<>();

    @Test
    @Tag("attack-43")
    void publishingFailsInTimeAndEverythingGoesOnWhenTheBrokerIsBack() throws Exception {
        Invocation before = Samples.accepted();
        Invocation during = Samples.accepted();
        Invocation after = Samples.accepted();
        try (var bus = new KafkaBus(config, new SimpleMeterRegistry())) {
            Deliveries deliveries = bus.track(WORK, _ -> {});
            bus.subscribe(WORK, work::add);
            bus.subscribe(new Topic.Health(), beats::add);
            bus.publish(WORK, before);
            next(work);

            broker.stop();
            long start = System.nanoTime();
            assertThatThrownBy(() -> bus.publish(WORK, during)).isInstanceOf(BusException.class);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            boolean mayRun = deliveries.started(before.id());
            broker.start();

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(BusException.class)
                    .until(() -> {
                        bus.publish(WORK, after);
                        return true;
                    });
            bus.publish(new Topic.Health(), Samples.beat(1));

            assertThat(seconds).isLessThanOrEqualTo(4);
            assertThat(mayRun).isFalse();
            assertThat(List.of(next(work), next(work))).containsExactlyInAnyOrder(before, after);
            assertThat(deliveries.started(before.id())).isTrue();
            assertThat(next(beats)).isEqualTo(Samples.beat(1));
        }
    }

    private static Message next(BlockingQueue<Message> from) throws InterruptedException {
        Message next = from.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return Objects.requireNonNull(next);
    }
}
