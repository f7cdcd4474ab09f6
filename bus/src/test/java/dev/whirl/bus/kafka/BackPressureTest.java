package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.Deliveries;
import dev.whirl.bus.Samples;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final Topic.Work WORK = new Topic.Work(new InvokerId(0));
    private static final int MOST_TAKEN = 10;
    private static final int BATCH = 5;

    private final KafkaBusConfig config = KafkaBusConfig.of(KafkaBroker.shared().servers())
            .withPrefix("pressure-")
            .withClientSettings(KafkaBroker.QUICK_TO_CLOSE)
            .withLimits(new KafkaBusConfig.Limits(ByteSize.mebibytes(1), ByteSize.mebibytes(4), BATCH, MOST_TAKEN));

    @Test
    void whatWaitsInAControllersOwnTopicHoldsNothingUpBehindIt() throws Exception {
        var own = new Topic.Composed(new ControllerId(0));
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        try (var bus = new KafkaBus(config, new SimpleMeterRegistry())) {
            Deliveries deliveries = bus.track(own, _ -> {});
            bus.subscribe(own, received::add);
            for (int i = 0; i < 3 * MOST_TAKEN; i++) {
                bus.publish(own, Samples.accepted());
            }

            Invocation last = Samples.accepted();
            bus.publish(own, last);

            await().atMost(Duration.ofSeconds(20)).until(() -> received.contains(last));
            assertThat(deliveries.started(last.id())).isTrue();
        }
    }

    @Test
    void whatIsDoneIsRemovedFromTheTopicAndWhatWaitsIsNot() throws Exception {
        var work = new Topic.Work(new InvokerId(7));
        String name = config.topics().prefix() + work.name();
        try (var bus = new KafkaBus(config, new SimpleMeterRegistry());
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                Admin admin = Admin.create(Map.of("bootstrap.servers", config.servers()))) {
            bus.publish(work, Samples.accepted()); // makes the topic
            List<? extends Future<?>> all = IntStream.range(0, 1_100)
                    .mapToObj(_ -> threads.submit(() -> bus.publish(work, Samples.accepted())))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }

            new Shrinking(admin, new TopicPartition(name, 0), 0).doneBelow(1_050);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> TopicLook.first(config.servers(), name).offset() == 1_050);
        }
    }

    @Test
    void workThatAnInvokerHasNoRoomForStaysWithTheBroker() throws Exception {
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        List<Message> sent = new ArrayList<>();
        try (var bus = new KafkaBus(config, new SimpleMeterRegistry())) {
            Deliveries deliveries = bus.track(WORK, _ -> {});
            bus.subscribe(WORK, received::add);
            for (int i = 0; i < 60; i++) {
                sent.add(Samples.accepted());
                bus.publish(WORK, sent.getLast());
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= MOST_TAKEN);
            await().during(Duration.ofMillis(700)).until(() -> received.size() < MOST_TAKEN + BATCH);

            List<Message> got = new ArrayList<>();
            while (got.size() < sent.size()) {
                var next = (Invocation) Objects.requireNonNull(received.poll(20, TimeUnit.SECONDS));
                got.add(next);
                assertThat(deliveries.started(next.id())).isTrue();
                deliveries.settled(next.id());
            }

            assertThat(got).isEqualTo(sent);
        }
    }
}
