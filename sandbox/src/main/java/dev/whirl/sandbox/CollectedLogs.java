package dev.whirl.sandbox;

import java.time.Instant;
import java.util.List;

/// The output of one activation, in the order of writing.
///
/// @param isTruncated whether there was more than the limit
/// @param isComplete false if some of it may have been lost
public record CollectedLogs(List<Line> lines, boolean isTruncated, boolean isComplete) {
    public static final CollectedLogs NONE = new CollectedLogs(List.of(), false, true);

    /// One line without its end.
    public record Line(Instant time, Stream stream, String text) {}

    /// Which stream a line was written to.
    public enum Stream {
        STDOUT,
        STDERR
    }

    public CollectedLogs {
        lines = List.copyOf(lines);
    }
}
