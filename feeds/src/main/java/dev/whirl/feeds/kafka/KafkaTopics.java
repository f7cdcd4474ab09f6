package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.AllowedHosts;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.InvalidFeedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/// Looks whether a topic can be read, before a feed of it is made.
public final class KafkaTopics {
    private KafkaTopics() {}

    /// Waits for the brokers, ten seconds at most.
    ///
    /// @throws InvalidFeedException 403 if a broker is none of the allowed hosts; 400 with what the brokers say
    public static void check(Feed.Kafka feed, AllowedHosts allowed) throws InvalidFeedException {
        requireAllowed(feed, allowed);
        try (Admin admin = Admin.create(KafkaClients.common(feed))) {
            admin.describeTopics(List.of(feed.topic())).allTopicNames().get();
        } catch (KafkaException | ExecutionException e) {
            throw InvalidFeedException.badRequest(KafkaTrouble.sentence(feed, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidFeedException(503, "The platform is about to stop.");
        }
    }

    /// What tells a topic from another one that had its name before; empty if the brokers are too old to know.
    static String id(Feed.Kafka feed) throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(KafkaClients.common(feed));
        try {
            Uuid id = Objects.requireNonNull(admin.describeTopics(List.of(feed.topic()))
                            .allTopicNames()
                            .get()
                            .get(feed.topic()))
                    .topicId();
            return id.equals(Uuid.ZERO_UUID) ? "" : id.toString();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /// @throws InvalidFeedException 403 if a broker is none of the allowed hosts
    public static void requireAllowed(Feed.Kafka feed, AllowedHosts allowed) throws InvalidFeedException {
        for (String each : feed.brokers()) {
            int colon = each.lastIndexOf(':');
            allowed.require(
                    each.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(each.substring(colon + 1)));
        }
    }
}
