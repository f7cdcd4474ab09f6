package dev.whirl.model.message;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happened for a user: an activation ended, or a quota was met: controller → whoever listens (row I-9).
///
/// @param source which process tells it, such as `controller0`
/// @param namespace who pays
/// @param userId the namespace's uuid, empty where it is not known any more
public record UserEvent(String source, Body body, String subject, String namespace, String userId, Instant time)
        implements Message {
    public sealed interface Body {
        /// An activation ended.
        ///
        /// @param name `namespace/package/action`
        /// @param statusCode 0 to 3
        /// @param memoryMebibytes limit of the action
        /// @param causedBy `sequence` for a part of one
        /// @param sizeBytes of the result
        /// @param userStatus the `statusCode` in the action's result
        record Activation(
                String name,
                String activationId,
                int statusCode,
                Duration duration,
                Duration waitTime,
                Duration initTime,
                String kind,
                boolean isConductor,
                long memoryMebibytes,
                @Nullable String causedBy,
                @Nullable Long sizeBytes,
                @Nullable Long userStatus)
                implements Body {}

        /// A count of a namespace.
        record Metric(Name name, long value) implements Body {}
    }

    /// Names as others read them.
    public enum Name {
        CONCURRENT_INVOCATIONS("ConcurrentInvocations"),
        CONCURRENT_RATE_LIMIT("ConcurrentRateLimit"),
        TIMED_RATE_LIMIT("TimedRateLimit");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
