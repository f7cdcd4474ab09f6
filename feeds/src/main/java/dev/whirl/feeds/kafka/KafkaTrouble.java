package dev.whirl.feeds.kafka;

import dev.whirl.feeds.feed.Feed;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/// What a failure of Kafka's client means, in words for the owner of a feed.
final class KafkaTrouble {
    private KafkaTrouble() {}

    static String sentence(Feed.Kafka feed, Throwable failure) {
        return switch (cause(failure)) {
            case UnknownTopicOrPartitionException _ ->
                "There is no topic '%s' at %s.".formatted(feed.topic(), brokers(feed));
            case SslAuthenticationException refusal ->
                ("There is no trusted connection to the brokers at %s (%s). If their certificate is not of a public"
                                + " authority, give that authority's as ca.")
                        .formatted(brokers(feed), refusal.getMessage());
            case UnsupportedSaslMechanismException _ ->
                "The brokers at %s do not take passwords in this way: give another mechanism.".formatted(brokers(feed));
            case AuthenticationException _ -> "The brokers at %s refuse user or password.".formatted(brokers(feed));
            case AuthorizationException _ ->
                "The brokers at %s do not allow the topic '%s'.".formatted(brokers(feed), feed.topic());
            case TimeoutException _ -> "The brokers at %s do not answer.".formatted(brokers(feed));
            case ConfigException _ -> "The brokers at %s are not known to anybody.".formatted(brokers(feed));
            case LinkageError _ -> // the distribution has no native code for zstd, lz4 and snappy
                "Messages of the topic '%s' are compressed as this platform can't read them: gzip or none can be read."
                        .formatted(feed.topic());
            case Throwable other -> "%s: %s".formatted(brokers(feed), other.getMessage());
        };
    }

    /// Whether another attempt will not help.
    static boolean isLasting(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof AuthenticationException
                || cause instanceof AuthorizationException
                || cause instanceof LinkageError;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof ExecutionException || isWrapper(cause))) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// Kafka's general exception around the one that tells.
    private static boolean isWrapper(Throwable failure) {
        return failure.getClass().equals(org.apache.kafka.common.KafkaException.class);
    }

    private static String brokers(Feed.Kafka feed) {
        return String.join(",", feed.brokers());
    }
}
