package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.KafkaMessage;
import dev.whirl.feeds.manage.CallPermits;
import dev.whirl.feeds.manage.CallPermits.Permit;
import dev.whirl.model.entity.NamespaceName;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends single messages for users (row F-10), each with a client of its own: only so many at a time.
public final class KafkaMessages {
    private static final int MOST_AT_A_TIME = 64;
    private static final int MOST_OF_A_NAMESPACE = 8;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final AllowedHosts allowed;
    private final CallPermits permits = new CallPermits(MOST_AT_A_TIME, MOST_OF_A_NAMESPACE);

    public KafkaMessages(AllowedHosts allowed) {
        this.allowed = allowed;
    }

    /// Where a message went.
    public record Sent(int partition, long offset) {}

    /// Waits for the broker, ten seconds at most.
    ///
    /// @throws InvalidFeedException with what stood in the way; then the message may have been sent or not if the
    ///     broker did not answer
    public Sent send(NamespaceName sender, KafkaMessage message) throws InvalidFeedException, InterruptedException {
        KafkaTopics.requireAllowed(message.to(), allowed);
        try (Permit _ = permits.take(sender)) {
            return sendAllowed(message);
        }
    }

    private static Sent sendAllowed(KafkaMessage message) throws InvalidFeedException, InterruptedException {
        Map<String, Object> settings = KafkaClients.common(message.to());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) MOST_BYTES);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata sent = producer.send(
                            new ProducerRecord<>(message.to().topic(), message.key(), message.value()))
                    .get();
            return new Sent(sent.partition(), sent.offset());
        } catch (KafkaException | ExecutionException e) {
            throw InvalidFeedException.badRequest(KafkaTrouble.sentence(message.to(), e));
        }
    }
}
