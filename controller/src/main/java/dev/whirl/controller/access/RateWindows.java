package dev.whirl.controller.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the calls of each namespace in the current calendar minute (row R-152). Rejected calls count too.
final class RateWindows {
    /// Minute in the upper half, count in the lower.
    private final Cache<String, AtomicLong> windows = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofMinutes(2))
            .build();

    /// Counts one call.
    ///
    /// @return how many there were in this minute, this one included
    int count(String namespaceUuid, Instant now) {
        long minute = now.getEpochSecond() / 60;
        AtomicLong window = windows.get(namespaceUuid, _ -> new AtomicLong());
        long counted = window.updateAndGet(last ->
                last >>> 32 == minute ? Math.min(last + 1, (minute << 32) | Integer.MAX_VALUE) : (minute << 32) + 1);
        return (int) counted;
    }
}
