package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusContract;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Samples;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.model.message.UserEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract over a real broker, and what only a broker brings with it.
class KafkaBusTest extends BusContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaBusConfig config = KafkaBusConfig.of(KafkaBroker.shared().servers())
            .withPrefix("bus" + NUMBER.incrementAndGet() + "-")
            .withClientSettings(KafkaBroker.QUICK_TO_CLOSE);

    @Override
    protected Bus open() {
        return new KafkaBus(config, meters);
    }

    @Test
    void workWaitsForTheInvokerThatIsNotThereYet() throws Exception {
        Message invocation = Samples.accepted();

        bus().publish(WORK, invocation);
        bus().track(WORK, received::add);
        bus().subscribe(WORK, received::add);

        assertThat(next()).isEqualTo(invocation);
    }

    @Test
    @Tag("attack-30")
    void whatCannotBeReadIsSetAsideAndTheNextMessageComes() throws Exception {
        bus().subscribe(new Topic.Health(), received::add);
        byte[] nonsense = "{\"v\":9,\"what\":\"ever\"}".getBytes(StandardCharsets.UTF_8);

        send(config.topics().prefix() + "health", nonsense);
        bus().publish(new Topic.Health(), Samples.beat(7));

        assertThat(next()).isEqualTo(Samples.beat(7));
        assertThat(meters.counter(
                                "whirl.bus.unreadable", "topic", config.topics().prefix() + "health")
                        .count())
                .isEqualTo(1);
        ConsumerRecord<byte[], byte[]> aside =
                TopicLook.first(config.servers(), config.topics().prefix() + "unreadable");
        assertThat(aside.value()).isEqualTo(nonsense);
        assertThat(TopicLook.header(aside, "topic")).isEqualTo(config.topics().prefix() + "health");
        assertThat(TopicLook.header(aside, "offset")).isEqualTo("0");
        assertThat(TopicLook.header(aside, "reason")).contains("the fields of no message");
    }

    @Test
    @Tag("attack-47")
    void anInvocationThatWasSentTwiceComesOnce() throws Exception {
        Invocation twice = Samples.accepted();
        Invocation other = Samples.accepted();
        bus().track(WORK, received::add);
        bus().subscribe(WORK, received::add);

        bus().publish(WORK, twice);
        bus().publish(WORK, twice);
        bus().publish(WORK, other);

        assertThat(next()).isEqualTo(twice);
        assertThat(next()).isEqualTo(other);
    }

    @Test
    @Tag("I-9")
    void eventsOfANamespaceStayInTheirOrder() throws Exception {
        var spread = new KafkaBusConfig.Topics(
                config.topics().prefix(),
                config.topics().prefix() + "public-",
                3,
                (short) 1,
                Duration.ofHours(1),
                Duration.ofHours(1),
                ByteSize.mebibytes(8));
        try (var wide = new KafkaBus(config.withTopics(spread), meters)) {
            wide.subscribe(new Topic.Events(), received::add);
            for (int i = 0; i < 10; i++) {
                wide.publish(new Topic.Events(), event("first", i));
                wide.publish(new Topic.Events(), event("second", i));
            }

            List<Message> got = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                got.add(next());
            }

            assertThat(got.stream()
                            .filter(each -> ((UserEvent) each).namespace().equals("first")))
                    .containsExactlyElementsOf(events("first"));
            assertThat(got.stream()
                            .filter(each -> ((UserEvent) each).namespace().equals("second")))
                    .containsExactlyElementsOf(events("second"));
        }
    }

    @Test
    void largeArgumentsGoThroughAndTooLargeOnesAreRefused() throws Exception {
        Invocation large = Samples.accepted().withArguments(RawJson.object("a", RawJson.string("x".repeat(3_000_000))));
        Invocation tooLarge =
                Samples.accepted().withArguments(RawJson.object("a", RawJson.string("x".repeat(5_000_000))));
        bus().subscribe(WORK, received::add);

        assertThatThrownBy(() -> bus().publish(WORK, tooLarge))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.isUncertain()).isFalse())
                .hasMessageContaining("topic " + config.topics().prefix() + "invoker0 did not take a message");
        bus().publish(WORK, large);

        assertThat(next()).isEqualTo(large);
    }

    @Test
    void aSecondInvokerWithTheSameIdIsTurnedAway() {
        assertThat(KafkaCheck.otherOwner(config, WORK)).isEmpty();

        bus().subscribe(WORK, received::add);

        assertThat(KafkaCheck.otherOwner(config, WORK))
                .contains("another process is invoker%d, or was until a moment ago: each has an id of its own"
                        .formatted(WORK.invoker().number()));
        try (var other = open()) {
            assertThatThrownBy(() -> other.subscribe(WORK, received::add))
                    .isInstanceOf(BusException.class)
                    .hasMessageContaining("another process is this very invoker, and alive");
        }
    }

    @Test
    @Tag("I-1")
    void aTopicIsMadeWithWhatTheConfigurationSays() {
        bus().publish(WORK, Samples.accepted());

        assertThat(TopicLook.settings(config.servers(), config.topics().prefix() + "invoker0"))
                .containsEntry("retention.ms", "172800000")
                .containsEntry("retention.bytes", "-1") // work that is not done gives way to nothing
                .containsEntry("max.message.bytes", Integer.toString(4 * 1024 * 1024 + 1024));
    }

    private static List<Message> events(String namespace) {
        List<Message> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(event(namespace, i));
        }
        return events;
    }

    private static UserEvent event(String namespace, int value) {
        return new UserEvent(
                "controller0",
                new UserEvent.Body.Metric(UserEvent.Name.CONCURRENT_INVOCATIONS, value),
                "guest",
                namespace,
                "a-uuid",
                Instant.ofEpochMilli(value));
    }

    private void send(String topic, byte[] bytes) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", config.servers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, bytes)).get(20, TimeUnit.SECONDS);
        }
    }
}
