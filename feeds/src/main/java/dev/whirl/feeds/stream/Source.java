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
    /// @param firing what to remember while they are fired: a mark behind all that may have been fired by then
    /// @param isRepeated whether they may have been fired before
    record Batch(RawJson payload, RawJson mark, RawJson firing, boolean isRepeated) {
        /// Events that nobody has seen before.
        public static Batch fresh(RawJson payload, RawJson mark) {
            return new Batch(payload, mark, mark, false);
        }
    }

    /// How far a source is read where nothing came.
    ///
    /// @param mark from which to read on, because nothing before it concerns the feed
    /// @param open what may have been fired and may still come again; null for nothing
    record Rest(RawJson mark, @Nullable RawJson open) {}

    /// The mark where a new feed begins: what happened before it is of no interest.
    RawJson begin() throws SourceException, InterruptedException;

    /// Waits a while for events. Those that may have been fired are never in one batch with others.
    ///
    /// @param mark read behind it
    /// @param open a mark up to which events may have been fired; null for none
    /// @return empty if nothing came
    Optional<Batch> read(RawJson mark, @Nullable RawJson open) throws SourceException, InterruptedException;

    /// What a look tells that found nothing.
    ///
    /// @param mark what that look read behind
    /// @param open the same as then
    Rest rest(RawJson mark, @Nullable RawJson open);

    /// Whether everything up to a mark was read.
    boolean reaches(RawJson mark, RawJson open);

    @Override
    void close();
}
