package dev.whirl.invoker.pool;

import dev.whirl.model.limits.ActionBounds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Sandboxes of each action that stay longer than they would by themselves, as the limits of their caller want it (row
/// Only time is kept from them: where others need the memory they are evicted like any. Pure.
///
/// @param sandboxes how many of an action stay, of those that are there
/// @param longer how long beyond their keep-alive
public record KeptWarm(int sandboxes, Duration longer) {
    /// What counts where only the number is set, as in OpenWhisk.
    private static final Duration USUAL = Duration.ofHours(1);

    /// Longer would be for ever.
    private static final Duration LONGEST = Duration.ofDays(365);

    public static final KeptWarm NONE = new KeptWarm(0, Duration.ZERO);

    public KeptWarm {
        longer = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    public static KeptWarm of(ActionBounds.Instances limits) {
        Integer count = limits.warmKept();
        Duration time = limits.warmTime();
        if (count == null && time == null) {
            return NONE;
        }
        return new KeptWarm(orElse(count, 1), time == null ? USUAL : time);
    }

    /// Whether a sandbox without work has had its time.
    ///
    /// @param idleNanos how long it has had no work
    /// @param keepNanos its keep-alive
    /// @param left how many sandboxes the action has, this one included
    boolean isOver(long idleNanos, long keepNanos, int left) {
        return idleNanos >= keepNanos && (left > sandboxes || idleNanos - keepNanos >= longer.toNanos());
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }
}
