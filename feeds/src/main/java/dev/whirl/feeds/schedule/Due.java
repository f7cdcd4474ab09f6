package dev.whirl.feeds.schedule;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedStatus.Reason;
import dev.whirl.feeds.feed.FeedTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is to be done for a feed now.
public sealed interface Due {
    /// Nothing before this time.
    record Wait(Instant until) implements Due {}

    /// Fire.
    record Fire(Occurrence occurrence) implements Due {}

    /// Nothing ever again.
    record Over(Reason reason) implements Due {}

    /// Decides by the position and the policy for what was missed. Pure.
    ///
    /// @param position of the same generation
    static Due decide(FeedTrigger trigger, Feed.Timed feed, TimedPosition position, Instant now, Lateness lateness) {
        Occurrence open = position.firing();
        if (open != null) {
            return new Fire(open);
        }
        long most = trigger.delivery().maxFirings();
        if (most >= 0 && position.fired() >= most) {
            return new Over(Reason.automatic("Automatically disabled after reaching max triggers"));
        }
        Duration shift = shift(trigger, feed, lateness.spread());
        Instant current = now.minus(shift);
        Instant settled = position.settled();
        Instant remembered = current.minus(lateness.memory());
        Optional<Instant> first = Schedule.next(feed, settled.isBefore(remembered) ? remembered : settled);
        if (first.isEmpty()) {
            return new Over(Reason.automatic(reason(feed)));
        }
        Instant missed = current.minus(lateness.grace());
        if (first.get().isAfter(current)) {
            return new Wait(first.get().plus(shift));
        }
        if (!first.get().isBefore(missed)) {
            return new Fire(new Occurrence(first.get(), null));
        }
        return switch (trigger.delivery().missed()) {
            case ALL -> new Fire(new Occurrence(first.get(), null));
            case ONCE -> new Fire(merged(feed, first.get(), current));
            case SKIP -> decide(trigger, feed, position.skippedTo(missed.minusNanos(1)), now, lateness);
        };
    }

    private static Occurrence merged(Feed.Timed feed, Instant first, Instant until) {
        Instant last = Schedule.last(feed, first, until).orElse(first);
        return new Occurrence(last, last.equals(first) ? null : first);
    }

    private static String reason(Feed.Timed feed) {
        return feed instanceof Feed.Once
                ? "Automatically disabled after firing once"
                : "Automatically disabled after its last scheduled time";
    }

    /// How much later than its times a feed fires: the same for all of its firings, by the hash of its name.
    private static Duration shift(FeedTrigger trigger, Feed.Timed feed, Duration spread) {
        boolean isSpread = feed instanceof Feed.Alarm alarm
                && !alarm.isStrict()
                && !alarm.cron().hasSeconds();
        long seconds = spread.toSeconds();
        return isSpread && seconds > 0
                ? Duration.ofSeconds(Math.floorMod(trigger.trigger().toString().hashCode(), seconds))
                : Duration.ZERO;
    }
}
