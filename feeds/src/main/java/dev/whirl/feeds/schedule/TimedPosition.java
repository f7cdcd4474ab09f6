package dev.whirl.feeds.schedule;

import java.time.Duration;
import java.time.Instant;
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
