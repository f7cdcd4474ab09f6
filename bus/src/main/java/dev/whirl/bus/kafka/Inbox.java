package dev.whirl.bus.kafka;

import dev.whirl.model.json.MessageDocuments;
import dev.whirl.model.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Turns what comes from the broker into messages. What can't be read is counted, logged, and kept in a topic of
/// its own as it came; it never stops whoever reads.
final class Inbox {
    private final TopicMaker topics;
    private final Publisher publisher;
    private final BusMeters meters;

    Inbox(TopicMaker topics, Publisher publisher, BusMeters meters) {
        this.topics = topics;
        this.publisher = publisher;
        this.meters = meters;
    }

    /// @return empty for one that was set aside
    Optional<Message> read(ConsumerRecord<byte[], byte[]> message) {
        byte[] bytes = message.value();
        if (bytes == null) {
            meters.unreadable(message.topic(), message.offset(), "it is empty");
            return Optional.empty();
        }
        try {
            return Optional.of(MessageDocuments.read(bytes));
        } catch (RuntimeException e) { // whatever a stranger's bytes bring about ends here
            setAside(message, bytes, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void setAside(ConsumerRecord<byte[], byte[]> message, byte[] bytes, String reason) {
        meters.unreadable(message.topic(), message.offset(), reason);
        try {
            var aside = new ProducerRecord<byte[], byte[]>(topics.ensureUnreadable(), 0, null, bytes);
            header(aside, "topic", message.topic());
            header(aside, "offset", Long.toString(message.offset()));
            header(aside, "reason", reason);
            publisher.sendLightly(aside);
        } catch (RuntimeException e) {
            meters.lost(message.topic(), e);
        }
    }

    private static void header(ProducerRecord<byte[], byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
