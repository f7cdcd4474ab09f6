package dev.whirl.feeds.schedule;

import dev.whirl.feeds.feed.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a feed is: what is stored before and after each firing, so that a crash loses none.
///
/// | at        | settled                | firing         |
/// |-----------|------------------------|----------------|
/// | the start | when the feed was made | null           |
/// | before    | the last time          | what is fired  |
/// | after     | what was fired         | null           |
///
/// @param generation of the feed that it belongs to
/// @param settled nothing is left to do for times up to this one
/// @param firing what may or may not have been fired; null for nothing
/// @param fired how often it fired
public record TimedPosition(
        String generation, Instant settled, @Nullable Occurrence firing, long fired) {
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /// Where a feed begins that its owner made or changed at a time.
    ///
    /// @param former position under the settings before; null for none
    public static TimedPosition first(
            String generation, Feed.Timed feed, Instant since, @Nullable TimedPosition former) {
        Instant settled = since;
        Occurrence open = null;
        if (former != null) { // until a provider saw the change it went on as before
            settled = isTimeOf(feed, former.settled, since) ? former.settled : since;
            Occurrence may = former.firing;
            open = may != null && isTimeOf(feed, may.scheduled(), since) ? new Occurrence(may.scheduled(), null) : null;
        }
        return new TimedPosition(generation, settled, open, 0);
    }

    private static boolean isTimeOf(Feed.Timed feed, Instant time, Instant since) {
        return time.isAfter(since) && Schedule.next(feed, time.minusNanos(1)).equals(Optional.of(time));
    }

    public TimedPosition before(Occurrence occurrence) {
        return new TimedPosition(generation, settled, occurrence, fired);
    }

    public TimedPosition after(Occurrence occurrence) {
        return new TimedPosition(generation, occurrence.scheduled(), null, fired + 1);
    }

    /// Takes back what was settled of times that lie more than a minute ahead: the clock was ahead, and nothing would
    /// be done until it is there again.
    public TimedPosition takenBackTo(Instant now) {
        return settled.isAfter(now.plus(AHEAD)) ? new TimedPosition(generation, now, firing, fired) : this;
    }

    /// Leaves out all times up to one.
    public TimedPosition skippedTo(Instant time) {
        return new TimedPosition(generation, time, null, fired);
    }
}
