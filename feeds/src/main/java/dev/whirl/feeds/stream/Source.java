package dev.whirl.feeds.stream;

import dev.whirl.model.json.RawJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port: a place where events come from in an order, and can be read again from a mark on. Used by one thread.
public interface Source extends AutoCloseable {
    /// Events that go into one firing.
    ///
    /// @param payload what the trigger is fired with: an object
    /// @param mark behind them
    record Batch(RawJson payload, RawJson mark) {}

    /// The mark where a new feed begins: what happened before it is of no interest.
    RawJson begin() throws SourceException, InterruptedException;

    /// Waits a while for events.
    ///
    /// @param mark read behind it
    /// @param open a mark that a batch must not pass, because it may have been fired up to there; null for none
    /// @return empty if nothing came
    Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException;

    /// After a look that found nothing: the mark from which to read on, because nothing before it concerns the feed.
    ///
    /// @param mark what that look read behind
    default RawJson passed(RawJson mark) {
        return mark;
    }

    /// Whether everything up to a mark was read.
    boolean reaches(RawJson mark, RawJson open);

    @Override
    void close();
}
