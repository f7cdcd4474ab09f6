package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// All partitions of a topic, from the offsets on that are kept with the feed. A batch is what one poll brings, as far
/// as it fits into one firing.
public final class KafkaSource implements Source {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PARTITIONS = Duration.ofSeconds(30);
    private static final int MOST_RECORDS = 100;
    private static final int BESIDE_VALUES = 16 * 1024;

    /// How often to look for what was read before a crash; it may have expired.
    private static final int LOOKS_FOR_OPEN = 10;

    private final Feed.Kafka feed;
    private final int mostBytes;
    private final Consumer<byte[], byte[]> consumer;
    private List<TopicPartition> partitions = List.of();
    private Offsets beginnings = Offsets.NONE;
    private long partitionsAt;

    /// Where the consumer goes on by itself; null if it has to be told.
    private @Nullable Offsets standing;

    private KafkaSource(Feed.Kafka feed, int mostBytes, Consumer<byte[], byte[]> consumer) {
        this.feed = feed;
        this.mostBytes = mostBytes;
        this.consumer = consumer;
    }

    /// @param mostBytes of one firing
    /// @throws SourceException if it can't be read
    public static KafkaSource open(Feed.Kafka feed, int mostBytes) throws SourceException {
        try {
            return new KafkaSource(
                    feed, mostBytes, new KafkaConsumer<>(KafkaClients.consumer(feed, MOST_RECORDS, mostBytes)));
        } catch (KafkaException e) { // a broker whose name nobody knows
            throw new SourceException(KafkaTrouble.sentence(feed, e), false);
        }
    }

    @Override
    public RawJson begin() throws SourceException, InterruptedException {
        return calling(() -> {
            lookForPartitions();
            return Offsets.of(consumer.endOffsets(partitions)).toJson();
        });
    }

    @Override
    public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException {
        Offsets from = Offsets.read(mark);
        Offsets until = open == null ? null : Offsets.read(open);
        return calling(() -> {
            int looks = until == null ? 1 : LOOKS_FOR_OPEN;
            for (int i = 0; i < looks; i++) {
                lookForPartitions();
                seek(from);
                Optional<Batch> batch = batch(from, until, consumer.poll(POLL));
                if (batch.isPresent()) {
                    return batch;
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Batch> batch(Offsets from, @Nullable Offsets until, ConsumerRecords<byte[], byte[]> records) {
        Offsets mark = from;
        var messages = new JsonWriter(4096).startArray();
        int count = 0;
        boolean isWhole = true;
        for (ConsumerRecord<byte[], byte[]> each : records) {
            boolean isBeyond = until != null && each.offset() >= until.of(each.partition());
            if (isBeyond || each.offset() < mark.of(each.partition())) {
                isWhole = false;
                continue;
            }
            RawJson message = MessageForms.of(feed, each, mostBytes - BESIDE_VALUES);
            if (count > 0 && messages.sizeBytes() + message.sizeBytes() > mostBytes - BESIDE_VALUES) {
                isWhole = false;
                break;
            }
            messages.value(message);
            count++;
            mark = mark.with(each.partition(), each.offset() + 1);
        }
        standing = isWhole ? mark : null;
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        new Batch(RawJson.object("messages", messages.endArray().toRawJson()), mark.toJson()));
    }

    private void seek(Offsets from) {
        if (!Objects.equals(from, standing)) {
            for (TopicPartition each : partitions) {
                // what expired is gone
                consumer.seek(each, Math.max(from.of(each.partition()), beginnings.of(each.partition())));
            }
            standing = from;
        }
    }

    private void lookForPartitions() {
        long now = System.nanoTime();
        if (!partitions.isEmpty() && now - partitionsAt < PARTITIONS.toNanos()) {
            return;
        }
        List<PartitionInfo> found = consumer.partitionsFor(feed.topic());
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + feed.topic());
        }
        List<TopicPartition> all = found.stream()
                .map(each -> new TopicPartition(feed.topic(), each.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
        beginnings = Offsets.of(consumer.beginningOffsets(all));
        partitionsAt = now;
        if (!all.equals(partitions)) {
            partitions = all;
            consumer.assign(all);
            standing = null;
        }
    }

    private interface Call<T> {
        T call();
    }

    private <T> T calling(Call<T> call) throws SourceException, InterruptedException {
        try {
            return call.call();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new SourceException(KafkaTrouble.sentence(feed, e), KafkaTrouble.isLasting(e));
        }
    }

    /// Kafka has an exception of its own for it, and leaves the thread's mark.
    private static InterruptedException interrupted(InterruptException cause) {
        boolean _ = Thread.interrupted();
        var exception = new InterruptedException(String.valueOf(cause.getMessage()));
        exception.initCause(cause);
        return exception;
    }

    @Override
    public boolean reaches(RawJson mark, RawJson open) {
        return Offsets.read(mark).reach(Offsets.read(open));
    }

    @Override
    public void close() {
        boolean isInterrupted = Thread.interrupted(); // the client would not close
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
