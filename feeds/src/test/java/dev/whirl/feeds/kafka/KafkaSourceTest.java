package dev.whirl.feeds.kafka;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.fields;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.bus.kafka.KafkaBroker;
import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.KafkaMessage;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.feeds.stream.SourceException;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("F-10")
class KafkaSourceTest {
    private static final NamespaceName SENDER = new NamespaceName("guest");
    private static final KafkaBroker BROKER = KafkaBroker.shared();
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static final int MOST_BYTES = 200_000;

    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final String topic = "feed" + TOPICS.incrementAndGet();

    @BeforeAll
    static void connect() {
        Map<String, Object> settings = Map.of("bootstrap.servers", BROKER.servers());
        admin = Admin.create(settings);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        admin.close();
    }

    @Test
    @Tag("F-11")
    void messagesComeInBatchesFromWhereTheFeedBegan() throws Exception {
        make(1);
        send(0, "k", "before");
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();
            send(0, "k", "one");
            send(0, null, "two");

            Batch batch = next(source, begin, null);

            assertThat(batch.payload())
                    .isEqualTo(json(("{'messages':[{'topic':'%s','partition':0,'offset':1,'key':'k','value':'one'},"
                                    + "{'topic':'%s','partition':0,'offset':2,'key':null,'value':'two'}]}")
                            .formatted(topic, topic)));
            assertThat(source.read(batch.mark(), null)).isEmpty();
            send(0, "k", "three");
            assertThat(offsets(next(source, batch.mark(), null))).containsExactly(3L);
            assertThat(offsets(next(source, begin, null))).as("read again").containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    @Tag("F-11")
    void valuesAreJsonTextOrBase64AsTheFeedSays() throws Exception {
        make(1);
        try (KafkaSource json = open(",'isJSONData':true");
                KafkaSource binary = open(",'isBinaryValue':true,'isBinaryKey':true")) {
            RawJson begin = json.begin();
            send(0, "k", "{ \"a\" : 1 }");
            send(0, "k", "no JSON");

            assertThat(values(next(json, begin, null))).containsExactly(json("{'a':1}"), RawJson.string("no JSON"));
            Batch batch = next(binary, begin, null);
            assertThat(values(batch))
                    .containsExactly(RawJson.string("eyAiYSIgOiAxIH0="), RawJson.string("bm8gSlNPTg=="));
            assertThat(messages(batch).getFirst().field("key")).contains(RawJson.string("aw=="));
        }
    }

    @Test
    void whatMayHaveBeenFiredIsReadAgainAndNoMore() throws Exception {
        make(1);
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();
            for (int i = 0; i < 5; i++) {
                send(0, null, "m" + i);
            }

            Batch batch = next(source, begin, json("{'0':3}"));

            assertThat(offsets(batch)).containsExactly(0L, 1L, 2L);
            assertThat(batch.isRepeated()).isTrue();
            assertThat(source.reaches(batch.mark(), json("{'0':3}"))).isTrue();
            assertThat(source.reaches(begin, json("{'0':3}"))).isFalse();
            assertThat(offsets(next(source, batch.mark(), null))).containsExactly(3L, 4L);
        }
    }

    @Test
    void whatMayHaveBeenFiredIsNotForgottenHoweverLateItComes() throws Exception {
        make(1);
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();
            RawJson underWay = json("{'0':2}");

            assertThat(source.read(begin, underWay)).isEmpty();
            assertThat(source.rest(begin, underWay).open()).isEqualTo(underWay);
            send(0, null, "one");
            send(0, null, "two");

            assertThat(next(source, begin, underWay).isRepeated()).isTrue();
        }
    }

    @Test
    void whatMayHaveBeenFiredAndHasExpiredIsNoReasonToMarkOthers() throws Exception {
        make(1);
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();
            RawJson underWay = json("{'0':2}");
            send(0, null, "one");
            send(0, null, "two");
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();

            for (int i = 0; i < 60 && source.rest(begin, underWay).open() != null; i++) {
                assertThat(source.read(begin, underWay)).isEmpty();
            }
            assertThat(source.rest(begin, underWay).open()).isNull();
            send(0, null, "three");
            Batch batch = next(source, begin, null);
            assertThat(offsets(batch)).containsExactly(2L);
            assertThat(batch.isRepeated()).isFalse();
        }
    }

    @Test
    void aTopicThatWasDeletedAndMadeAnewIsReadFromItsBeginning() throws Exception {
        make(1);
        try (KafkaSource source = open("")) {
            RawJson mark = source.begin();
            for (int i = 0; i < 5; i++) {
                send(0, null, "old" + i);
            }
            while (Offsets.read(mark).of(0) < 5) {
                mark = next(source, mark, null).mark();
            }
            makeAnew();
            send(0, null, "new");

            Batch whileItIsOpen = next(source, mark, null);
            Batch whenItIsOpenedLater = firstOf(mark);

            assertThat(List.of(whileItIsOpen, whenItIsOpenedLater)).allSatisfy(each -> {
                assertThat(values(each)).containsExactly(RawJson.string("new"));
                assertThat(each.isRepeated())
                        .as("it may have been read under the old mark")
                        .isTrue();
            });
            send(0, null, "more");
            Batch after = next(source, whileItIsOpen.mark(), null);
            assertThat(offsets(after)).containsExactly(1L);
            assertThat(after.isRepeated()).isFalse();
        }
    }

    @Test
    void aTopicThatHasOutgrownItsPredecessorIsReadFromItsBeginningAllTheSame() throws Exception {
        make(1);
        RawJson mark;
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();
            send(0, null, "old");
            mark = next(source, begin, null).mark();
        }
        makeAnew();
        send(0, null, "new0");
        send(0, null, "new1");

        try (KafkaSource source = open("")) {
            Batch first = next(source, mark, null);
            Batch second = next(source, first.mark(), null);

            assertThat(offsets(first)).containsExactly(0L);
            assertThat(first.isRepeated()).as("the mark went as far").isTrue();
            assertThat(offsets(second)).containsExactly(1L);
            assertThat(second.isRepeated()).isFalse();
        }
    }

    @Test
    void ofATopicMadeAnewNothingIsMarkedIfTheOldOneWasSeenAtTheMarkAndNothingWasUnderWay() throws Exception {
        make(1);
        RawJson mark;
        try (KafkaSource source = open("")) {
            mark = source.begin();
            for (int i = 0; i < 5; i++) {
                send(0, null, "old" + i);
            }
            while (Offsets.read(mark).of(0) < 5) {
                mark = next(source, mark, null).mark();
            }
        }
        RawJson underWay = Offsets.read(mark).with(0, 6).toJson();
        try (KafkaSource source = open("")) {
            assertThat(source.read(mark, null)).isEmpty();
            makeAnew();
            send(0, null, "new");

            assertThat(next(source, mark, null).isRepeated()).isFalse();
            assertThat(next(source, mark, underWay).isRepeated()).isTrue();
        }
    }

    @Test
    void whatWasUnderWayOfATopicMadeAnewIsMarkedThoughTheOldOneWasShorter() throws Exception {
        make(1);
        RawJson begin;
        try (KafkaSource source = open("")) {
            begin = source.begin();
        }
        makeAnew();
        send(0, null, "new0");
        send(0, null, "new1");
        try (KafkaSource source = open("")) {
            RawJson underWay = next(source, begin, null).mark(); // noted before a crash, with the old mark

            Batch again = next(source, begin, underWay);

            assertThat(offsets(again)).startsWith(0L);
            assertThat(again.isRepeated()).isTrue();
        }
    }

    private Batch firstOf(RawJson mark) throws Exception {
        try (KafkaSource source = open("")) {
            return next(source, mark, null);
        }
    }

    /// Deletes the topic and makes another one of its name.
    private void makeAnew() throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !admin.listTopics().names().get().contains(topic));
        make(1);
    }

    @Test
    void aBatchFitsIntoOneFiringAndAMessageThatDoesNotTellsItsSize() throws Exception {
        make(1);
        try (KafkaSource source = open("")) {
            RawJson mark = source.begin();
            send(0, null, "a".repeat(150_000));
            send(0, null, "b".repeat(150_000));
            send(0, null, "c".repeat(250_000));
            var seen = new ArrayList<Long>();
            var all = new ArrayList<RawJson>();
            while (seen.size() < 3) {
                Batch batch = next(source, mark, null);
                assertThat(batch.payload().sizeBytes()).isLessThan(MOST_BYTES);
                seen.addAll(offsets(batch));
                all.addAll(messages(batch));
                mark = batch.mark();
            }

            assertThat(seen).containsExactly(0L, 1L, 2L);
            RawJson large = all.getLast();
            assertThat(large.field("value")).contains(RawJson.NULL);
            assertThat(large.field("tooLargeBytes")).contains(RawJson.number(250_000));
        }
    }

    @Test
    void allPartitionsAreReadAndNewOnesFromTheirBeginning() throws Exception {
        make(2);
        RawJson begin;
        try (KafkaSource source = open("")) {
            begin = source.begin();
        }
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        send(0, null, "x");
        send(1, null, "y");
        send(2, null, "z");

        try (KafkaSource source = open("")) {
            var values = new ArrayList<RawJson>();
            RawJson mark = begin;
            while (values.size() < 3) {
                Batch batch = next(source, mark, null);
                values.addAll(values(batch));
                mark = batch.mark();
            }
            assertThat(values).containsExactlyInAnyOrder(RawJson.string("x"), RawJson.string("y"), RawJson.string("z"));
            assertThat(Offsets.read(mark).next()).isEqualTo(Map.of(0, 1L, 1, 1L, 2, 1L));
        }
    }

    @Test
    @Tag("F-12")
    void whatCanNotBeReadIsToldBeforeAFeedIsMade() throws Exception {
        Feed.Kafka missing = feed("");
        assertThatThrownBy(() -> KafkaTopics.check(missing, AllowedHosts.ALL))
                .hasMessage("There is no topic '%s' at %s.".formatted(topic, BROKER.servers()));
        Feed.Kafka nowhere = read("{'brokers':['no.such.host.invalid:9092'],'topic':'t'}");
        assertThatThrownBy(() -> KafkaTopics.check(nowhere, AllowedHosts.ALL))
                .hasMessageStartingWith("The brokers at no.such.host.invalid:9092");
        make(1);
        KafkaTopics.check(feed(""), AllowedHosts.parse("other, localhost"));
        assertThatThrownBy(() -> KafkaTopics.check(feed(""), AllowedHosts.parse("*.example.com")))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(403))
                .hasMessageContaining("feeds.allowed-hosts");
    }

    @Test
    void aMessageThatTheActionSendsArrives() throws Exception {
        make(1);
        var messages = new KafkaMessages(AllowedHosts.parse("localhost"));
        try (KafkaSource source = open("")) {
            RawJson begin = source.begin();

            KafkaMessages.Sent sent =
                    messages.send(SENDER, message("'value':'djE=','base64DecodeValue':true,'key':'k'"));

            assertThat(sent).isEqualTo(new KafkaMessages.Sent(0, 0));
            Batch batch = next(source, begin, null);
            assertThat(values(batch)).containsExactly(RawJson.string("v1"));
            assertThat(messages(batch).getFirst().field("key")).contains(RawJson.string("k"));
        }
        assertThatThrownBy(() -> new KafkaMessages(AllowedHosts.parse("")).send(SENDER, message("'value':'v'")))
                .hasMessageContaining("feeds.allowed-hosts");
        assertThatThrownBy(() -> message("'key':'k'")).hasMessage("You must supply a 'value' parameter.");
        assertThatThrownBy(() -> message("'value':'!','base64DecodeValue':true"))
                .hasMessage("value parameter is not Base64 encoded.");
    }

    private KafkaMessage message(String more) throws InvalidFeedException {
        return KafkaMessage.read(
                FeedKind.KAFKA, fields("{'brokers':['%s'],'topic':'%s',%s}".formatted(BROKER.servers(), topic, more)));
    }

    private void make(int partitions) throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
    }

    private void send(int partition, @Nullable String key, String value)
            throws InterruptedException, ExecutionException {
        byte @Nullable [] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, partition, keyBytes, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private KafkaSource open(String more) throws SourceException, InvalidFeedException {
        return KafkaSource.open(feed(more), MOST_BYTES);
    }

    private Feed.Kafka feed(String more) throws InvalidFeedException {
        return read("{'brokers':['%s'],'topic':'%s'%s}".formatted(BROKER.servers(), topic, more));
    }

    private static Feed.Kafka read(String parameters) throws InvalidFeedException {
        return (Feed.Kafka) new FeedReader(true).feed(FeedKind.KAFKA, fields(parameters), NOON);
    }

    /// Reads until something comes, a minute at most.
    private static Batch next(KafkaSource source, RawJson mark, @Nullable RawJson open)
            throws SourceException, InterruptedException {
        for (int i = 0; i < 60; i++) {
            Optional<Batch> batch = source.read(mark, open);
            if (batch.isPresent()) {
                return batch.get();
            }
        }
        throw new AssertionError("nothing comes");
    }

    private static List<RawJson> messages(Batch batch) {
        return batch.payload().field("messages").orElseThrow().elements();
    }

    private static List<RawJson> values(Batch batch) {
        return messages(batch).stream()
                .map(each -> each.field("value").orElseThrow())
                .toList();
    }

    private static List<Long> offsets(Batch batch) {
        return messages(batch).stream()
                .map(each -> each.field("offset").orElseThrow().asWholeNumber().orElseThrow())
                .toList();
    }
}
