package dev.whirl.feeds.files;

import dev.whirl.feeds.stream.SourceException;
import java.util.List;

/// Tells which files there are at a place.
interface Listing extends AutoCloseable {
    /// More are too many for one feed.
    int MOST = 10_000;

    /// @throws SourceException if it can't be told, or there are too many
    List<FoundFile> list() throws SourceException, InterruptedException;

    @Override
    void close();

    static SourceException tooMany(String place) {
        return new SourceException(
                "There are more than %d files at %s: choose a narrower place.".formatted(MOST, place), true);
    }
}
