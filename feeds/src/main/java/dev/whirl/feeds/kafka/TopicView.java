package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What a topic consists of, looked up every now and then. Used by one thread.
final class TopicView {
    private static final Duration PARTITIONS = Duration.ofSeconds(30);

    /// Its id needs a connection of its own.
    private static final Duration IDENTITY = Duration.ofMinutes(2);

    private final Feed.Kafka feed;
    private final Consumer<byte[], byte[]> consumer;
    private List<TopicPartition> partitions = List.of();
    private Offsets beginnings = Offsets.beginning("");
    private String id = "";
    private boolean isKnown;
    private boolean isJustIdentified;
    private long partitionsAt;
    private long idAt;

    TopicView(Feed.Kafka feed, Consumer<byte[], byte[]> consumer) {
        this.feed = feed;
        this.consumer = consumer;
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /// The first offsets that are there: what came before has expired.
    Offsets beginnings() {
        return beginnings;
    }

    /// Empty where brokers are too old to tell.
    String id() {
        return id;
    }

    /// Whether the last look asked for the id, too.
    boolean isJustIdentified() {
        return isJustIdentified;
    }

    /// Nothing that is known is sure: the next look asks again.
    void doubt() {
        isKnown = false;
    }

    /// Looks if it is time to.
    ///
    /// @return whether partitions or topic are others than before
    boolean refresh() throws ExecutionException, InterruptedException {
        long now = System.nanoTime();
        isJustIdentified = false;
        if (isKnown && now - partitionsAt < PARTITIONS.toNanos()) {
            return false;
        }
        boolean isAnother = false;
        if (!isKnown || now - idAt >= IDENTITY.toNanos()) {
            String found = KafkaTopics.id(feed);
            isAnother = !found.equals(id);
            id = found;
            idAt = now;
            isJustIdentified = true;
        }
        List<TopicPartition> found = find();
        isAnother |= !found.equals(partitions);
        partitions = found;
        beginnings = Offsets.of(id, consumer.beginningOffsets(partitions));
        partitionsAt = now;
        isKnown = true;
        return isAnother;
    }

    private List<TopicPartition> find() {
        List<PartitionInfo> found = consumer.partitionsFor(feed.topic());
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + feed.topic());
        }
        return found.stream()
                .map(each -> new TopicPartition(feed.topic(), each.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }
}
