package dev.whirl.feeds.feed;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A trigger with the feed that fires it.
///
/// @param key what it is fired with: its owner's
/// @param parameters as they were given, those of former updates included
/// @param generation another one after each change by its owner, who starts it afresh with it
/// @param since when that was: earlier times are of no interest
/// @param origin of a stream: where it began; null for other feeds
public record FeedTrigger(
        EntityId trigger,
        AuthKey key,
        FeedKind kind,
        SequencedMap<String, RawJson> parameters,
        Feed feed,
        Delivery delivery,
        String generation,
        Instant since,
        FeedStatus status,
        @Nullable Origin origin) {
    public FeedTrigger with(FeedStatus changed) {
        return new FeedTrigger(trigger, key, kind, parameters, feed, delivery, generation, since, changed, origin);
    }

    /// Without key and parameters, which may hold secrets.
    @Override
    public String toString() {
        return "%s feed of %s".formatted(kind.word(), trigger);
    }
}
