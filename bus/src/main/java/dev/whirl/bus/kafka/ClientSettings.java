package dev.whirl.bus.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.SECURITY_PROTOCOL_CONFIG;

import dev.whirl.bus.kafka.KafkaSecurity.Mechanism;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/// Settings of Kafka's clients, each with its reason. What they leave alone is Kafka's default (row I-2 names
/// OpenWhisk's).
final class ClientSettings {
    /// What correctness depends on: nobody may set it otherwise.
    private static final Set<String> OURS = Set.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            SECURITY_PROTOCOL_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);

    /// The natives of other compressions are left out of the distribution.
    static final Set<String> COMPRESSIONS = Set.of("producer", "uncompressed", "gzip");

    private static final int SHARE_FOR_METADATA = 3;

    private final KafkaBusConfig config;

    ClientSettings(KafkaBusConfig config) {
        this.config = config;
    }

    static boolean isOurs(String name) {
        return OURS.contains(name);
    }

    /// What brokers call a reader.
    ///
    /// @param name of its topic, if that is its own
    static String clientId(String name) {
        return "whirl-" + name;
    }

    /// How long a request for topics may take: a part of what a publisher has.
    private Duration requestTimeout() {
        return config.timeouts().publish().dividedBy(SHARE_FOR_METADATA);
    }

    Map<String, Object> admin() {
        return admin(requestTimeout());
    }

    /// For questions at start: nobody waits for them, and the first connection over TLS takes its time.
    Map<String, Object> patientAdmin() {
        return admin(config.timeouts().publish().multipliedBy(2));
    }

    private Map<String, Object> admin(Duration patience) {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "whirl-admin");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(patience));
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(patience));
        return adjusted(settings);
    }

    Map<String, Object> producer() {
        long publish = config.timeouts().publish().toMillis();
        long forMetadata = publish / SHARE_FOR_METADATA;
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "whirl-publisher");
        // an accepted invocation must outlive the leader of its topic; with one broker it costs nothing
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // a retry after a lost answer must not store a message twice, nor change the order
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a caller waits: what comes while a request is under way forms the next one by itself. With several under way
        // each carries one message, and a request costs client and broker ten times what a message does
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // a caller gets its answer within seconds, however the broker fares
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, forMetadata);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) (publish - forMetadata));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) (publish / 2));
        // what is on its way is bounded; who comes on top waits, then is refused
        settings.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG, config.limits().buffer().bytes());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                config.limits().maxMessage().bytes());
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return adjusted(settings);
    }

    /// Reads a topic from its end, without a group: positions are nobody else's business.
    Map<String, Object> tail(String name) {
        Map<String, Object> settings = consumer(name);
        // after an outage that was longer than the retention, what is told now counts
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return adjusted(settings);
    }

    /// Reads an invoker's work as a member of its group: the membership is the lease.
    Map<String, Object> work(String name, String group, Lease lease) {
        long session = config.timeouts().session().toMillis();
        Map<String, Object> settings = consumer(name);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        // brokers of 3.9 with ZooKeeper know no other
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) session);
        // a rebalance is noticed by a heartbeat
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) Math.min(1_000, session / 4));
        // handlers return at once; one that hangs must not hold the lease for minutes (Kafka's default)
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) (3 * session));
        // work that came before the group's first commit counts
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(LeaseAssignor.class.getName()));
        settings.put(LeaseAssignor.LEASE, lease);
        return adjusted(settings);
    }

    private Map<String, Object> consumer(String name) {
        int largest = (int) config.limits().maxMessage().bytes();
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(name));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // topics are made with their settings or not at all
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // the broker answers as soon as there is one message, and otherwise twice a second
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, largest);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * largest);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.limits().pollBatch());
        settings.put(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis(config.timeouts().publish()));
        return settings;
    }

    /// Whoever runs it has the last word on the rest.
    private Map<String, Object> adjusted(Map<String, Object> settings) {
        settings.putAll(config.clientSettings());
        return settings;
    }

    private Map<String, Object> common() {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.servers());
        // a broker that comes back is found again within a second
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3_000);
        // what clients measure is nobody's here
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        secure(settings, config.security());
        return settings;
    }

    private static void secure(Map<String, Object> settings, KafkaSecurity security) {
        settings.put(SECURITY_PROTOCOL_CONFIG, security.protocol().kafkaName());
        if (security.trust() != null) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(
                    SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, security.trust().toString());
        }
        if (security.key() != null) {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, security.key().toString());
            if (!security.keyPassword().isEmpty()) {
                settings.put(
                        SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                        security.keyPassword().reveal());
            }
        }
        if (security.protocol().hasSasl()) {
            settings.put(SaslConfigs.SASL_MECHANISM, security.mechanism().kafkaName());
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(security));
        }
    }

    private static String jaas(KafkaSecurity security) {
        String module = security.mechanism() == Mechanism.PLAIN
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(
                        module,
                        escaped(security.user()),
                        escaped(security.password().reveal()));
    }

    /// As JAAS reads texts between quotes.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }
}
