package dev.whirl.bus.kafka;

import dev.whirl.model.message.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/// What stands in the way of working with these brokers: asked at start, told all at once.
public final class KafkaCheck {
    private static final String METADATA_LIMIT = "offset.metadata.max.bytes";
    private static final String SHORTEST_SESSION = "group.min.session.timeout.ms";
    private static final String LONGEST_SESSION = "group.max.session.timeout.ms";
    private static final String OFFSET_RETENTION = "offsets.retention.minutes";
    private static final long MILLIS_PER_MINUTE = 60_000;

    private final KafkaBusConfig config;
    private final TopicPlan plan;
    private final List<String> problems = new ArrayList<>();

    private KafkaCheck(KafkaBusConfig config) {
        this.config = config;
        this.plan = new TopicPlan(config);
    }

    /// @param largestMessage what the platform's limits can bring about
    /// @return a sentence for each problem; none if all is well
    public static List<String> problems(KafkaBusConfig config, long largestMessage) {
        var check = new KafkaCheck(config);
        if (config.limits().maxMessage().bytes() < largestMessage) {
            check.problems.add("bus.kafka.max-message = %s is less than the %d bytes that the limits of actions allow"
                    .formatted(config.limits().maxMessage(), largestMessage));
        }
        check.ask();
        return List.copyOf(check.problems);
    }

    /// Who says at present that it is the owner of this work. A process that could start waits for the end of what may
    /// be its own earlier life; this is for one that cannot start anyway, and is to tell all that is in its way.
    ///
    /// @return a sentence; empty if nobody says so, or no broker tells
    public static Optional<String> otherOwner(KafkaBusConfig config, Topic.Followed work) {
        String group = new TopicPlan(config).name(work);
        try (Admin admin = Admin.create(new ClientSettings(config).patientAdmin())) {
            boolean isOwned = Objects.requireNonNull(admin.describeConsumerGroups(Set.of(group))
                            .describedGroups()
                            .get(group))
                    .get()
                    .members()
                    .stream()
                    .anyMatch(each -> each.clientId().equals(ClientSettings.clientId(group)));
            return isOwned
                    ? Optional.of("another process is %s, or was until a moment ago: each has an id of its own"
                            .formatted(work.name()))
                    : Optional.empty();
        } catch (ExecutionException | KafkaException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void ask() {
        try (Admin admin = Admin.create(new ClientSettings(config).patientAdmin())) {
            Collection<Node> brokers = admin.describeCluster().nodes().get();
            brokers(admin, brokers);
            topics(admin);
        } catch (ExecutionException | KafkaException e) {
            problems.add("no Kafka broker of bus.kafka.servers = %s can be used: %s"
                    .formatted(config.servers(), Reasons.of(e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            problems.add("interrupted while asking the Kafka brokers");
        }
    }

    private void brokers(Admin admin, Collection<Node> brokers) throws ExecutionException, InterruptedException {
        int copies = config.topics().replicationFactor();
        if (copies > brokers.size()) {
            problems.add("bus.kafka.replication-factor = %d, but the cluster has %d brokers"
                    .formatted(copies, brokers.size()));
        }
        for (Node broker : brokers) {
            try {
                var resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
                broker(broker, config(admin, resource));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AuthorizationException)) { // whoever may not look must trust
                    throw e;
                }
            }
        }
    }

    private void broker(Node broker, Config settings) {
        long session = config.timeouts().session().toMillis();
        if (number(settings, SHORTEST_SESSION, 0) > session || number(settings, LONGEST_SESSION, session) < session) {
            problems.add(
                    "bus.kafka.session-timeout = %d ms, but broker %s allows %s to %s ms (group.*.session.timeout.ms)"
                            .formatted(
                                    session,
                                    broker.idString(),
                                    number(settings, SHORTEST_SESSION, 0),
                                    number(settings, LONGEST_SESSION, session)));
        }
        long metadata = number(settings, METADATA_LIMIT, Holding.MOST_METADATA);
        if (metadata < Holding.MOST_METADATA) {
            problems.add("broker %s keeps %d bytes with an offset, at least %d are needed (%s)"
                    .formatted(broker.idString(), metadata, Holding.MOST_METADATA, METADATA_LIMIT));
        }
        long work = config.topics().workRetention().toMillis();
        if (number(settings, OFFSET_RETENTION, Long.MAX_VALUE / MILLIS_PER_MINUTE) * MILLIS_PER_MINUTE < work) {
            problems.add("broker %s forgets what was done before the work itself expires: %s must be at least %d"
                    .formatted(broker.idString(), OFFSET_RETENTION, work / MILLIS_PER_MINUTE));
        }
    }

    private void topics(Admin admin) throws ExecutionException, InterruptedException {
        List<String> ours = admin.listTopics().names().get().stream()
                .filter(each -> plan.isOurs(each) || plan.isEvents(each))
                .sorted()
                .toList();
        Map<String, TopicDescription> found =
                admin.describeTopics(ours).allTopicNames().get();
        for (String name : ours) {
            Config settings = config(admin, new ConfigResource(ConfigResource.Type.TOPIC, name));
            topic(name, Objects.requireNonNull(found.get(name)), settings);
        }
    }

    private void topic(String name, TopicDescription description, Config settings) {
        long passes = number(settings, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        if (passes < plan.messageBytes()) {
            problems.add("topic %s lets messages of %d bytes pass, at least %d are needed (%s)"
                    .formatted(name, passes, plan.messageBytes(), TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        }
        if (!plan.isEvents(name) && description.partitions().size() != 1) {
            problems.add("topic %s has %d partitions; it must have one, because the order of its messages counts"
                    .formatted(name, description.partitions().size()));
        }
        String compression = text(settings, TopicConfig.COMPRESSION_TYPE_CONFIG, "producer");
        if (!ClientSettings.COMPRESSIONS.contains(compression)) {
            problems.add("topic %s is compressed with %s, which can't be read; set %s to producer"
                    .formatted(name, compression, TopicConfig.COMPRESSION_TYPE_CONFIG));
        }
        if (text(settings, TopicConfig.CLEANUP_POLICY_CONFIG, "").contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            problems.add("topic %s is compacted, which takes no messages without keys; set %s to delete"
                    .formatted(name, TopicConfig.CLEANUP_POLICY_CONFIG));
        }
    }

    private static Config config(Admin admin, ConfigResource resource) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(
                        admin.describeConfigs(Set.of(resource)).values().get(resource))
                .get();
    }

    private static long number(Config settings, String name, long fallback) {
        return Long.parseLong(text(settings, name, Long.toString(fallback)));
    }

    private static String text(Config settings, String name, String fallback) {
        ConfigEntry entry = settings.get(name);
        return entry == null || entry.value() == null ? fallback : entry.value();
    }
}
