package dev.whirl.feeds.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a feed works, and since when it is so (row F-7).
///
/// @param reason why it does not; null if it does
public record FeedStatus(
        boolean isActive, Instant changed, @Nullable Reason reason) {
    /// Why a feed was stopped (row F-9).
    ///
    /// @param kind `AUTO` by the platform, `USER` by its owner
    /// @param statusCode what the platform answered to a firing; null if that is not why
    public record Reason(String kind, @Nullable Integer statusCode, String message) {
        public static Reason automatic(String message) {
            return new Reason("AUTO", null, message);
        }
    }

    public static FeedStatus active(Instant since) {
        return new FeedStatus(true, since, null);
    }

    public static FeedStatus stopped(Instant since, Reason reason) {
        return new FeedStatus(false, since, reason);
    }
}
