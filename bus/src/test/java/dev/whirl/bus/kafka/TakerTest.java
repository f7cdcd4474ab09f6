package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.Bus.Left;
import dev.whirl.bus.Samples;
import dev.whirl.model.json.MessageDocuments;
import dev.whirl.model.message.Invocation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A controller that takes over, and loses the lease while it does. No broker is asked anything.
class TakerTest {
    private static final TopicPartition WORK = new TopicPartition("invoker0", 0);

    private final KafkaBusConfig config = KafkaBusConfig.of("localhost:9");
    private final BusMeters meters = new BusMeters(new SimpleMeterRegistry());
    private final ClientSettings settings = new ClientSettings(config);
    private final Admin admin = Admin.create(settings.admin());
    private final Publisher publisher = new Publisher(
            new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()), meters);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Holding holding = new Holding(WORK, consumer, 1_000, new Shrinking(admin, WORK), config, meters);
    private final List<Left> handed = new ArrayList<>();

    @BeforeEach
    void hold() {
        consumer.assign(List.of(WORK));
        consumer.updateBeginningOffsets(Map.of(WORK, 0L));
        consumer.updateEndOffsets(Map.of(WORK, 3L));
        holding.given();
        assertThat(holding.adoptIfGiven()).isTrue();
    }

    @AfterEach
    void close() {
        publisher.close(java.time.Duration.ZERO);
        admin.close(java.time.Duration.ZERO);
    }

    @Test
    @Tag("attack-46")
    void whoLosesTheLeaseInTheMiddleOfABatchHandsOverNothingMore() {
        var taker = new Taker(
                new Inbox(new TopicMaker(admin, new TopicPlan(config)), publisher, meters),
                left -> {
                    handed.add(left);
                    holding.lost();
                },
                meters);
        Invocation first = Samples.accepted();

        taker.receive(
                List.of(message(0, first), message(1, Samples.accepted()), message(2, Samples.accepted())), holding);

        assertThat(handed).containsExactly(new Left.NotStarted(first));
    }

    private static ConsumerRecord<byte[], byte[]> message(long offset, Invocation invocation) {
        return new ConsumerRecord<>(WORK.topic(), 0, offset, new byte[0], MessageDocuments.write(invocation));
    }
}
