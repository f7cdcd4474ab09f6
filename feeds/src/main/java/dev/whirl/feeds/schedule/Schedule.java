package dev.whirl.feeds.schedule;

import dev.whirl.feeds.feed.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The times of a feed (rows F-4 to F-6). Pure.
public final class Schedule {
    /// How far to look back for the last time, the shortest first: each finds a handful of times at most for lines that
    /// fire as rarely.
    private static final Duration[] LOOKS_BACK = {
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofDays(1),
        Duration.ofDays(31),
        Duration.ofDays(366),
        Duration.ofDays(9 * 366)
    };

    private Schedule() {}

    /// The first time after another; empty if there is none.
    public static Optional<Instant> next(Feed.Timed feed, Instant after) {
        return switch (feed) {
            case Feed.Alarm(var cron, var zone, Feed.Window(var start, var stop), var _) ->
                cron.next(later(after, start), zone).filter(each -> isWithin(each, stop));
            case Feed.Interval(int minutes, Instant start, var stop) ->
                Optional.of(nextInterval(Duration.ofMinutes(minutes), start, after))
                        .filter(each -> isWithin(each, stop));
            case Feed.Once(Instant date, var _) -> Optional.of(date).filter(each -> each.isAfter(after));
        };
    }

    /// The last time that is not after another, if there is one after a first.
    static Optional<Instant> last(Feed.Timed feed, Instant after, Instant until) {
        for (Duration back : LOOKS_BACK) {
            Instant from = until.minus(back);
            boolean isAll = !from.isAfter(after);
            Optional<Instant> found = lastOf(feed, isAll ? after : from, until);
            if (found.isPresent() || isAll) {
                return found;
            }
        }
        return lastOf(feed, after, until);
    }

    private static Optional<Instant> lastOf(Feed.Timed feed, Instant after, Instant until) {
        Optional<Instant> last = Optional.empty();
        Optional<Instant> next = next(feed, after);
        while (next.isPresent() && !next.get().isAfter(until)) {
            last = next;
            next = next(feed, next.get());
        }
        return last;
    }

    private static Instant nextInterval(Duration every, Instant start, Instant after) {
        if (after.isBefore(start)) {
            return start;
        }
        long passed = Duration.between(start, after).dividedBy(every);
        return start.plus(every.multipliedBy(passed + 1));
    }

    /// The window's begin is inside of it.
    private static Instant later(Instant after, @Nullable Instant start) {
        return start == null || start.minusNanos(1).isBefore(after) ? after : start.minusNanos(1);
    }

    private static boolean isWithin(Instant time, @Nullable Instant stop) {
        return stop == null || !time.isAfter(stop);
    }
}
