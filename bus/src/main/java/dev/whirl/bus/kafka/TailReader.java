package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus.Subscription;
import dev.whirl.bus.BusException;
import dev.whirl.model.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/// Reads a topic from its end on a thread of its own: everybody who listens gets everything that is told from now
/// on.
final class TailReader implements Subscription {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration FIND = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FINDS = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Inbox inbox;
    private final java.util.function.Consumer<Message> handler;
    private final BusMeters meters;
    private final Thread thread;
    private volatile boolean isClosing;

    TailReader(
            String topic,
            Consumer<byte[], byte[]> consumer,
            Inbox inbox,
            java.util.function.Consumer<Message> handler,
            BusMeters meters) {
        this.topic = topic;
        this.consumer = consumer;
        this.inbox = inbox;
        this.handler = handler;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("bus-" + topic).daemon().unstarted(this::run);
    }

    /// From its return on nothing is missed.
    ///
    /// @throws BusException if the broker does not say where the topic ends
    TailReader start() {
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // seeking is put off until somebody asks
        } catch (KafkaException e) {
            Threads.close(consumer);
            throw new BusException("topic %s can't be read: %s".formatted(topic, Reasons.of(e)), e);
        }
        thread.start();
        return this;
    }

    @Override
    public void close() {
        isClosing = true;
        consumer.wakeup();
        Threads.join(thread, CLOSE);
    }

    private void run() {
        try {
            while (!isClosing) {
                poll();
            }
        } finally {
            Threads.close(consumer);
        }
    }

    /// Not every broker knows at once of a topic that was just made.
    private List<TopicPartition> partitions() {
        long deadline = System.nanoTime() + FIND.toNanos();
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_FINDS.toNanos());
            found = consumer.partitionsFor(topic);
        }
        if (found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("no broker knows it");
        }
        return found.stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    private void poll() {
        try {
            ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
            messages.forEach(this::hand);
        } catch (WakeupException _) {
            // closing
        } catch (RuntimeException | Error e) { // nothing may end the reading
            meters.interrupted(topic, e);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> message) {
        if (!isClosing) {
            inbox.read(message).ifPresent(this::hand);
        }
    }

    /// A fault of the receiver must not end the reading.
    private void hand(Message message) {
        try {
            handler.accept(message);
        } catch (RuntimeException | Error e) {
            meters.unreceived(topic, e);
        }
    }
}
