package dev.whirl.feeds.kafka;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.bus.kafka.KafkaBroker;
import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.feed.KafkaMessage;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real broker that asks for a password, over TLS with a certificate of no public authority.
@Tag("F-10")
class MessageHubTest {
    private static final KafkaBroker BROKER = KafkaBroker.shared();
    private static final NamespaceName SENDER = new NamespaceName("guest");
    private static final String TOPIC = "hub";
    private static final int MOST_BYTES = 200_000;

    @BeforeAll
    static void makeTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.servers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "scram-sha-512"})
    void messagesAreSentAndReadWithUserAndPassword(String mechanism) throws Exception {
        SequencedMap<String, RawJson> parameters = parameters();
        parameters.put("mechanism", RawJson.string(mechanism));
        Feed.Kafka feed = feed(parameters);
        KafkaTopics.check(feed, AllowedHosts.ALL);
        try (KafkaSource source = KafkaSource.open(feed, MOST_BYTES)) {
            RawJson begin = source.begin();
            parameters.put("value", RawJson.string("by " + mechanism));

            new KafkaMessages(AllowedHosts.ALL).send(SENDER, KafkaMessage.read(FeedKind.MESSAGE_HUB, parameters));

            assertThat(valueOfNext(source, begin)).isEqualTo(RawJson.string("by " + mechanism));
        }
    }

    @Test
    @Tag("F-12")
    void whatBrokersRefuseIsToldBeforeAFeedIsMade() {
        refused("password", "wrong", "The brokers at %s refuse user or password.".formatted(servers()));
        refused("mechanism", "SCRAM-SHA-256", "do not take passwords in this way: give another mechanism.");
        refused("ca", "", "If their certificate is not of a public authority, give that authority's as ca.");
    }

    @Test
    @Tag("F-12")
    void whatNoBrokerCouldTakeIsToldWithoutAskingOne() {
        SequencedMap<String, RawJson> parameters = parameters();
        parameters.put("mechanism", RawJson.string("GSSAPI"));
        assertThatThrownBy(() -> feed(parameters))
                .hasMessage("mechanism parameter must be one of [PLAIN, SCRAM-SHA-256, SCRAM-SHA-512].");
        parameters.remove("mechanism");
        for (String pem : List.of("/etc/ssl/ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
            parameters.put("ca", RawJson.string(pem));
            assertThatThrownBy(() -> feed(parameters))
                    .hasMessageStartingWith("the ca parameter must be the certificate of an authority as PEM");
        }
    }

    private static void refused(String name, String value, String sentence) {
        SequencedMap<String, RawJson> parameters = parameters();
        parameters.put(name, RawJson.string(value));
        assertThatThrownBy(() -> KafkaTopics.check(feed(parameters), AllowedHosts.ALL))
                .as("%s %s", name, value)
                .isInstanceOf(InvalidFeedException.class)
                .hasMessageContaining(sentence);
    }

    private static SequencedMap<String, RawJson> parameters() {
        SequencedMap<String, RawJson> parameters = new LinkedHashMap<>();
        parameters.put("kafka_brokers_sasl", json("['%s']".formatted(servers())));
        parameters.put("topic", RawJson.string(TOPIC));
        parameters.put("user", RawJson.string(KafkaBroker.USER));
        parameters.put("password", RawJson.string(KafkaBroker.PASSWORD));
        parameters.put("ca", RawJson.string(certificate()));
        return parameters;
    }

    private static String servers() {
        return BROKER.passwordServers();
    }

    private static String certificate() {
        try {
            return Files.readString(BROKER.certificate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Feed.Kafka feed(Map<String, RawJson> parameters) throws InvalidFeedException {
        return (Feed.Kafka) new FeedReader(true).feed(FeedKind.MESSAGE_HUB, parameters, NOON);
    }

    /// Reads until something comes, a minute at most.
    private static RawJson valueOfNext(KafkaSource source, RawJson mark) throws Exception {
        for (int i = 0; i < 60; i++) {
            Optional<Batch> batch = source.read(mark, null);
            if (batch.isPresent()) {
                RawJson messages = batch.get().payload().field("messages").orElseThrow();
                return messages.elements().getFirst().field("value").orElseThrow();
            }
        }
        throw new AssertionError("nothing comes");
    }
}
