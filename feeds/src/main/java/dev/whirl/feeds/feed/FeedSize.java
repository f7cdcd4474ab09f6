package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How large a feed's document may be: whoever runs feeds reads many of them at once.
public final class FeedSize {
    private static final int MOST_PARAMETER_BYTES = 64 * 1024;

    /// Of what is remembered of a source: about ten thousand files, or some thousand partitions.
    private static final int MOST_MARK_BYTES = 128 * 1024;

    private FeedSize() {}

    /// @param parameters all of them, those of former updates included
    /// @throws InvalidFeedException if they are too large together
    public static void require(SequencedMap<String, RawJson> parameters) throws InvalidFeedException {
        int bytes = RawJson.object(parameters).sizeBytes();
        if (bytes > MOST_PARAMETER_BYTES) {
            throw InvalidFeedException.badRequest(
                    "The parameters of the feed have %d bytes together, its payload among them, and %d are the most."
                            .formatted(bytes, MOST_PARAMETER_BYTES));
        }
    }

    /// @throws InvalidFeedException if there is too much to be remembered of a source
    public static void require(@Nullable Origin origin) throws InvalidFeedException {
        if (origin != null && origin.mark().sizeBytes() > MOST_MARK_BYTES) {
            throw InvalidFeedException.badRequest(
                    "What the feed reads has too many parts: to tell how far each was read takes %d bytes, and %d are the most."
                            .formatted(origin.mark().sizeBytes(), MOST_MARK_BYTES));
        }
    }
}
