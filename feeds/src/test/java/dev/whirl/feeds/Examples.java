package dev.whirl.feeds;

import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedReader;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.time.Instant;
import java.util.SequencedMap;

/// Values for tests.
public final class Examples {
    public static final NamespaceName GUEST = new NamespaceName("guest");
    public static final AuthKey KEY = new AuthKey("uuid", "secret");
    public static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private Examples() {}

    /// Apostrophes stand for quotation marks.
    public static RawJson json(String text) {
        try {
            return RawJson.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    public static SequencedMap<String, RawJson> fields(String text) {
        return json(text).fields();
    }

    public static EntityId trigger(String name) {
        return EntityId.of(GUEST, new EntityName(name));
    }

    /// @param parameters as JSON
    public static FeedTrigger feed(String name, FeedKind kind, String parameters, Instant since) {
        var reader = new FeedReader(true);
        SequencedMap<String, RawJson> fields = fields(parameters);
        try {
            return new FeedTrigger(
                    trigger(name),
                    KEY,
                    kind,
                    fields,
                    reader.feed(kind, fields, since),
                    reader.delivery(kind, fields),
                    "first",
                    since,
                    FeedStatus.active(since),
                    null);
        } catch (InvalidFeedException e) {
            throw new AssertionError(e);
        }
    }
}
