package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.KafkaAccess;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.spi.LoginModule;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Settings of the clients of one feed, each with its reason. What they leave alone is Kafka's default.
final class KafkaClients {
    private static final int PATIENCE_MILLIS = 10_000;

    private KafkaClients() {}

    /// Reads without a group: how far a feed is, is kept with the feed.
    ///
    /// @param mostBytes of one answer of a broker
    static Map<String, Object> consumer(Feed.Kafka feed, int mostRecords, int mostBytes) {
        Map<String, Object> settings = common(feed);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // where an offset is not there any more, it is the feed that knows where to go on
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // what an aborted transaction wrote never happened
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords);
        // thousands of feeds share this process's memory
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, mostBytes);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, mostBytes);
        return settings;
    }

    static Map<String, Object> common(Feed.Kafka feed) {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", feed.brokers()));
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "whirl-feeds");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        KafkaAccess access = feed.access();
        if (access != null) {
            settings.putAll(secure(access));
        }
        return settings;
    }

    /// An authority that is named counts alone: a certificate of any other is not the brokers'.
    private static Map<String, Object> secure(KafkaAccess access) {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL");
        settings.put(SaslConfigs.SASL_MECHANISM, access.mechanism().word());
        settings.put(
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=\"%s\" password=\"%s\";"
                        .formatted(
                                module(access.mechanism()).getName(),
                                escaped(access.login().user()),
                                escaped(access.login().password())));
        if (!access.ca().isEmpty()) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, access.ca());
        }
        return settings;
    }

    private static Class<? extends LoginModule> module(KafkaAccess.Mechanism mechanism) {
        return switch (mechanism) {
            case PLAIN -> PlainLoginModule.class;
            case SCRAM_SHA_256, SCRAM_SHA_512 -> ScramLoginModule.class;
        };
    }

    /// As JAAS reads texts between quotes.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
