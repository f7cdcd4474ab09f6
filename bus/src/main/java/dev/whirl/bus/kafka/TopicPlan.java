package dev.whirl.bus.kafka;

import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/// What topics are called in Kafka, and what they are like when they are made (row I-1).
final class TopicPlan {
    /// What a batch of one message has beside the message.
    static final int OVERHEAD_BYTES = 1024;

    private static final Pattern FOLLOWED = Pattern.compile("(invoker|composed)(\\d{1,9})");

    private static final String UNREADABLE = "unreadable";
    private static final Duration STALE_AT_ONCE = Duration.ofMinutes(5);
    private static final long UNREADABLE_BYTES = 16L * 1024 * 1024;
    private static final long SEGMENT_BYTES = 512L * 1024 * 1024;

    /// What is done is removed in whole segments.
    private static final long WORK_SEGMENT_BYTES = 64L * 1024 * 1024;

    private static final long UNLIMITED = -1;
    private static final int SHARE_OF_RETENTION = 4;

    private final KafkaBusConfig config;

    TopicPlan(KafkaBusConfig config) {
        this.config = config;
    }

    String name(Topic topic) {
        String prefix = topic instanceof Topic.Events
                ? config.topics().eventsPrefix()
                : config.topics().prefix();
        return prefix + topic.name();
    }

    /// Where messages go that nobody could read.
    String unreadable() {
        return config.topics().prefix() + UNREADABLE;
    }

    /// What work is in the topic of this name; empty if none is.
    Optional<Topic.Followed> followed(String name) {
        Matcher matcher = FOLLOWED.matcher(name);
        String prefix = config.topics().prefix();
        if (!name.startsWith(prefix)
                || !matcher.region(prefix.length(), name.length()).matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        return Optional.of(
                matcher.group(1).equals("invoker")
                        ? new Topic.Work(new InvokerId(number))
                        : new Topic.Composed(new ControllerId(number)));
    }

    NewTopic newTopic(Topic topic) {
        int partitions = topic instanceof Topic.Events ? config.topics().eventsPartitions() : 1;
        return newTopic(name(topic), partitions, retention(topic), retentionBytes(topic));
    }

    NewTopic newUnreadable() {
        return newTopic(unreadable(), 1, config.topics().workRetention(), UNREADABLE_BYTES);
    }

    /// Whether a topic of the cluster is one of ours.
    boolean isOurs(String name) {
        String prefix = config.topics().prefix();
        return isEvents(name)
                || name.equals(unreadable())
                || (name.startsWith(prefix)
                        && name.substring(prefix.length())
                                .matches("invoker\\d+|composed\\d+|completed\\d+|health|cacheInvalidation"));
    }

    boolean isEvents(String name) {
        return name.equals(name(new Topic.Events()));
    }

    /// What a topic must let pass.
    long messageBytes() {
        return config.limits().maxMessage().bytes() + OVERHEAD_BYTES;
    }

    private Duration retention(Topic topic) {
        return switch (topic) {
            case Topic.Work _, Topic.Composed _ -> config.topics().workRetention();
            case Topic.CacheInvalidation _ -> STALE_AT_ONCE;
            case Topic.Completed _, Topic.Health _, Topic.Events _ ->
                config.topics().retention();
        };
    }

    /// Work that is not done must not give way to newer work.
    private long retentionBytes(Topic topic) {
        return topic instanceof Topic.Followed
                ? UNLIMITED
                : config.topics().retentionSize().bytes();
    }

    /// Whole segments are removed: several must fit into what is kept.
    private NewTopic newTopic(String name, int partitions, Duration retention, long bytes) {
        long share = bytes == UNLIMITED ? WORK_SEGMENT_BYTES : bytes / SHARE_OF_RETENTION;
        long segment = Math.max(messageBytes(), Math.min(SEGMENT_BYTES, share));
        return new NewTopic(name, partitions, config.topics().replicationFactor())
                .configs(Map.of(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(messageBytes()),
                        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(bytes),
                        TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(segment),
                        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.COMPRESSION_TYPE_CONFIG, "producer"));
    }
}
