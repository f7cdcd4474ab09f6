package dev.whirl.bus.kafka;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/// Where the brokers are, and within which bounds they are used.
///
/// @param servers `host:port`, several parted by commas: whoever answers first names the others
/// @param clientSettings further settings of Kafka's clients, by Kafka's names; they have the last word
public record KafkaBusConfig(
        String servers,
        Topics topics,
        Limits limits,
        Timeouts timeouts,
        KafkaSecurity security,
        Map<String, String> clientSettings) {
    public KafkaBusConfig {
        require(!servers.isBlank(), "bus.kafka.servers must name a broker");
        clientSettings = Map.copyOf(clientSettings);
    }

    /// How topics are named, and made where they are missing (row I-1).
    ///
    /// @param prefix before each name
    /// @param eventsPrefix the same for the topic of events, which others read
    /// @param eventsPartitions of the topic of events; every other topic has one, because its order counts
    /// @param workRetention how long work waits for an invoker that does not come
    /// @param retention how long everything else is kept
    /// @param retentionSize how much of a topic is kept at most; work is not limited by size
    public record Topics(
            String prefix,
            String eventsPrefix,
            int eventsPartitions,
            short replicationFactor,
            Duration workRetention,
            Duration retention,
            ByteSize retentionSize) {
        static final Topics STANDARD =
                new Topics("", "", 1, (short) 1, Duration.ofHours(48), Duration.ofHours(1), ByteSize.mebibytes(1024));
    }

    /// What is held in memory at most.
    ///
    /// @param maxMessage largest message
    /// @param buffer messages that are on their way to the broker
    /// @param pollBatch messages that are handed over before the bus looks up
    /// @param maxTaken work that is handed over and not done; more stays in the topic
    public record Limits(ByteSize maxMessage, ByteSize buffer, int pollBatch, int maxTaken) {
        static final Limits STANDARD = new Limits(ByteSize.mebibytes(4), ByteSize.mebibytes(32), 100, 1_000);
    }

    /// @param publish how long a publisher waits for the broker at most
    /// @param session how long after its last sign of life an invoker has its work to itself
    public record Timeouts(Duration publish, Duration session) {
        static final Timeouts STANDARD = new Timeouts(Duration.ofSeconds(6), Duration.ofSeconds(10));
    }

    /// The defaults for these brokers.
    public static KafkaBusConfig of(String servers) {
        return new KafkaBusConfig(
                servers, Topics.STANDARD, Limits.STANDARD, Timeouts.STANDARD, KafkaSecurity.NONE, Map.of());
    }

    /// Reads `bus.kafka.*`.
    public static KafkaBusConfig read(ConfigReader reader) {
        String servers = reader.text("bus.kafka.servers", "localhost:9092", "Kafka brokers as host:port, …");
        if (servers.isBlank()) {
            reader.problem("bus.kafka.servers must name a broker");
        }
        return new KafkaBusConfig(
                servers.isBlank() ? "localhost:9092" : servers.strip(),
                topics(reader),
                limits(reader),
                timeouts(reader),
                KafkaSecurity.read(reader),
                clientSettings(reader));
    }

    public KafkaBusConfig withTopics(Topics others) {
        return new KafkaBusConfig(servers, others, limits, timeouts, security, clientSettings);
    }

    public KafkaBusConfig withPrefix(String prefix) {
        return withTopics(new Topics(
                prefix,
                prefix,
                topics.eventsPartitions,
                topics.replicationFactor,
                topics.workRetention,
                topics.retention,
                topics.retentionSize));
    }

    public KafkaBusConfig withLimits(Limits others) {
        return new KafkaBusConfig(servers, topics, others, timeouts, security, clientSettings);
    }

    public KafkaBusConfig withTimeouts(Timeouts others) {
        return new KafkaBusConfig(servers, topics, limits, others, security, clientSettings);
    }

    public KafkaBusConfig withSecurity(KafkaSecurity other) {
        return new KafkaBusConfig(servers, topics, limits, timeouts, other, clientSettings);
    }

    public KafkaBusConfig withClientSettings(Map<String, String> others) {
        return new KafkaBusConfig(servers, topics, limits, timeouts, security, others);
    }

    /// Without the values of further settings: there may be passwords among them.
    @Override
    public String toString() {
        return "KafkaBusConfig[%s, %s, %s, %s, %s, %s]"
                .formatted(servers, topics, limits, timeouts, security, clientSettings.keySet());
    }

    private static Topics topics(ConfigReader reader) {
        Topics standard = Topics.STANDARD;
        return new Topics(
                prefix(reader, "bus.kafka.topic-prefix", "Stands before the name of each topic."),
                prefix(reader, "bus.kafka.events-prefix", "Stands before the name of the topic of events."),
                (int) reader.number("bus.kafka.events-partitions", 1, 1, 1_000, "Partitions of the topic of events."),
                (short) reader.number("bus.kafka.replication-factor", 1, 1, 100, "Brokers that keep each topic."),
                reader.duration("bus.kafka.work-retention", standard.workRetention, "How long work is kept."),
                reader.duration("bus.kafka.retention", standard.retention, "How long other messages are kept."),
                reader.size(
                        "bus.kafka.retention-size",
                        standard.retentionSize,
                        "Most bytes kept of one topic; work is kept whatever its size."));
    }

    private static String prefix(ConfigReader reader, String key, String meaning) {
        String prefix = reader.text(key, "", meaning);
        if (!prefix.matches("[A-Za-z0-9._-]{0,100}")) {
            reader.problem("%s = %s: only letters, digits, '.', '_' and '-', at most 100".formatted(key, prefix));
        }
        return prefix;
    }

    private static Limits limits(ConfigReader reader) {
        Limits standard = Limits.STANDARD;
        ByteSize largest = reader.size("bus.kafka.max-message", standard.maxMessage, "Largest message.");
        ByteSize buffer = reader.size("bus.kafka.buffer", standard.buffer, "Most memory for messages to be sent.");
        if (largest.bytes() > Integer.MAX_VALUE / 4 || buffer.compareTo(largest) < 0) {
            reader.problem("bus.kafka.max-message must be at most 511 MB and fit in bus.kafka.buffer");
            return standard;
        }
        return new Limits(
                largest,
                buffer,
                (int) reader.number("bus.kafka.poll-batch", standard.pollBatch, 1, 10_000, "Messages taken at a time."),
                (int) reader.number(
                        "bus.kafka.max-taken",
                        standard.maxTaken,
                        1,
                        100_000,
                        "Most invocations that an invoker has and has not ended; more stay with the broker."));
    }

    private static Timeouts timeouts(ConfigReader reader) {
        Timeouts standard = Timeouts.STANDARD;
        Duration publish = reader.duration(
                "bus.kafka.publish-timeout", standard.publish, "How long to wait for a broker before a call fails.");
        Duration session = reader.duration(
                "bus.kafka.session-timeout",
                standard.session,
                "After how long of silence an invoker's work may be taken over.");
        if (publish.toMillis() < 1_000 || session.toMillis() < 1_000) {
            reader.problem("bus.kafka.publish-timeout and bus.kafka.session-timeout must be at least 1s");
            return standard;
        }
        return new Timeouts(publish, session);
    }

    private static Map<String, String> clientSettings(ConfigReader reader) {
        String file =
                reader.text("bus.kafka.client-file", "", "Properties file with more settings of Kafka's clients.");
        if (file.isEmpty()) {
            return Map.of();
        }
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file))) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            reader.problem("bus.kafka.client-file = %s can't be read: %s".formatted(file, e.getMessage()));
        }
        var settings = new LinkedHashMap<String, String>();
        for (String name : properties.stringPropertyNames()) {
            if (ClientSettings.isOurs(name)) {
                reader.problem("bus.kafka.client-file sets %s, which the bus depends on".formatted(name));
            }
            settings.put(name, properties.getProperty(name));
        }
        return settings;
    }
}
