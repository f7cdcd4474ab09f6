package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.stream.Source;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// All partitions of a topic, from the offsets on that are kept with the feed. A batch is what one poll brings, as far
/// as it fits into one firing.
///
/// A topic that was deleted and made anew, or that lost its end, is read from its beginning. Before that was
/// noticed, it may have been read as far as the marks go of the topic before: so much is said to be repeated,
/// unless this source itself saw at its mark that the topic was still the one before.
public final class KafkaSource implements Source {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MOST_RECORDS = 100;
    private static final int BESIDE_VALUES = 16 * 1024;

    private final Feed.Kafka feed;
    private final int mostBytes;
    private final Consumer<byte[], byte[]> consumer;
    private final TopicView topic;

    /// Where the consumer goes on by itself; null if it has to be told.
    private @Nullable Offsets standing;

    /// What is left to read after a look that found nothing; null if the last one was none, or could not read.
    private @Nullable Reading left;

    /// A mark at which nothing could be read; null for none.
    private @Nullable Offsets lost;

    /// A mark at which the topic was seen to be the one that it belongs to; null for none.
    private @Nullable Offsets sure;

    /// What to read.
    ///
    /// @param until no further, because all up to there may have been fired; null for no bound
    private record Reading(Offsets from, @Nullable Offsets until) {}

    private KafkaSource(Feed.Kafka feed, int mostBytes, Consumer<byte[], byte[]> consumer) {
        this.feed = feed;
        this.mostBytes = mostBytes;
        this.consumer = consumer;
        this.topic = new TopicView(feed, consumer);
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

    /// By each of which a topic is known: where it is, and its id.
    ///
    /// @param mark as [#begin] tells it
    public static Set<String> names(Feed.Kafka feed, RawJson mark) {
        var names = new HashSet<String>();
        names.add("kafka %s %s".formatted(String.join(",", new TreeSet<>(feed.brokers())), feed.topic()));
        String id = Offsets.read(mark).topic();
        if (!id.isEmpty()) {
            names.add("kafka topic " + id);
        }
        return names;
    }

    @Override
    public RawJson begin() throws SourceException, InterruptedException {
        return calling(() -> {
            look();
            return ends().toJson();
        });
    }

    @Override
    public Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException {
        return calling(() -> {
            left = null;
            look();
            Reading reading = reading(Offsets.read(mark), open == null ? null : Offsets.read(open));
            try {
                seek(reading.from());
                Optional<Batch> batch = batch(reading, consumer.poll(POLL));
                left = batch.isEmpty() ? left(reading) : null;
                return batch;
            } catch (OffsetOutOfRangeException e) { // expired, or there never was such an offset in this topic
                topic.doubt();
                standing = null;
                lost = reading.from();
                Thread.sleep(POLL); // brokers may need a moment to agree
                return Optional.empty();
            }
        });
    }

    private void look() throws ExecutionException, InterruptedException {
        if (topic.refresh()) {
            consumer.assign(topic.partitions());
            standing = null;
        }
    }

    private Reading reading(Offsets mark, @Nullable Offsets open) {
        boolean isAnother = !mark.isOf(topic.id());
        if (!isAnother && !isLost(mark)) {
            sure = topic.isJustIdentified() ? mark : sure;
            return new Reading(mark, open != null && open.isOf(topic.id()) ? open : null);
        }
        Offsets beginning = Offsets.beginning(topic.id());
        Offsets read = isAnother && mark.equals(sure) ? beginning : mark;
        Offsets doubt = (open == null ? read : read.furthest(open)).within(ends());
        return new Reading(beginning, beginning.reach(doubt) ? null : doubt);
    }

    private boolean isLost(Offsets mark) {
        if (mark.equals(lost) && ends().reach(mark)) {
            lost = null; // only what has expired was missing
        }
        return mark.equals(lost);
    }

    private Offsets ends() {
        return Offsets.of(topic.id(), consumer.endOffsets(topic.partitions()));
    }

    private Optional<Batch> batch(Reading reading, ConsumerRecords<byte[], byte[]> records) {
        Offsets until = reading.until();
        Offsets mark = reading.from();
        var messages = new JsonWriter(4096).startArray();
        int count = 0;
        boolean isWhole = true;
        for (ConsumerRecord<byte[], byte[]> each : records) {
            if (until != null && each.offset() >= until.of(each.partition())) {
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
        if (count == 0) {
            return Optional.empty();
        }
        RawJson payload = RawJson.object("messages", messages.endArray().toRawJson());
        return Optional.of(
                new Batch(payload, mark.toJson(), until == null ? mark.toJson() : until.toJson(), until != null));
    }

    private void seek(Offsets from) {
        if (!Objects.equals(from, standing)) {
            for (TopicPartition each : topic.partitions()) {
                // what expired is gone
                long first = topic.beginnings().of(each.partition());
                consumer.seek(each, Math.max(from.of(each.partition()), first));
            }
            standing = from;
        }
    }

    /// Where the consumer is: beyond what it was told to read if that has expired or was taken back.
    private Offsets positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        topic.partitions().forEach(each -> positions.put(each, consumer.position(each)));
        return Offsets.of(topic.id(), positions);
    }

    private Reading left(Reading reading) {
        Offsets until = reading.until();
        return until == null || positions().reach(until) ? new Reading(reading.from(), null) : reading;
    }

    @Override
    public Rest rest(RawJson mark, @Nullable RawJson open) {
        Reading rest = left;
        if (rest == null) {
            return new Rest(mark, open);
        }
        Offsets until = rest.until();
        return new Rest(rest.from().toJson(), until == null ? null : until.toJson());
    }

    private interface Call<T> {
        T call() throws ExecutionException, InterruptedException;
    }

    private <T> T calling(Call<T> call) throws SourceException, InterruptedException {
        try {
            return call.call();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException | ExecutionException | NoClassDefFoundError | UnsatisfiedLinkError e) {
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
