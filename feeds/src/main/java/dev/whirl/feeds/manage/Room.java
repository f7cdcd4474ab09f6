package dev.whirl.feeds.manage;

import dev.whirl.common.units.ByteSize;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.InvalidFeedException;
import dev.whirl.feeds.manage.FeedCensus.Count;
import dev.whirl.feeds.manage.FeedCensus.Sizes;
import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.model.entity.EntityId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Whether one more feed may be made: a namespace has so many, which have a size together, and all namespaces read so
/// many servers and folders. When no more can be read, who reads less than an equal share still may: the provider lets
/// those wait who read most.
public final class Room {
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int NONE_LEFT = 503;

    private final FeedCensus census;
    private final Bounds bounds;
    private final MeterRegistry meters;

    /// How many feeds there may be.
    ///
    /// @param feeds of all kinds, of one namespace
    /// @param streams of them that read another server or a folder
    /// @param streamsInAll of all namespaces
    /// @param size of what is kept of the feeds of one namespace together
    public record Bounds(int feeds, int streams, int streamsInAll, ByteSize size) {}

    public Room(FeedRegistry registry, Bounds bounds, MeterRegistry meters) {
        this.census = new FeedCensus(registry);
        this.bounds = bounds;
        this.meters = meters;
    }

    /// @param feed that is made, or works again
    /// @throws InvalidFeedException if there is no room for it
    void require(FeedKind kind, EntityId feed) throws InvalidFeedException {
        Count others = census.without(feed);
        if (others.feeds() >= bounds.feeds()) {
            throw refused(
                    "feeds",
                    TOO_MANY,
                    "The namespace has %d feeds, which is the most that is allowed.".formatted(bounds.feeds()));
        }
        if (!kind.isStream()) {
            return;
        }
        if (others.streams() >= bounds.streams()) {
            throw refused(
                    "streams",
                    TOO_MANY,
                    ("The namespace has %d feeds that read from other servers or folders, which is the most that is"
                                    + " allowed: delete one of their triggers first.")
                            .formatted(bounds.streams()));
        }
        boolean isFull = others.allReading() >= bounds.streamsInAll();
        if (isFull && !others.isReading() && others.reading() >= share(others)) {
            throw refused(
                    "streams-in-all",
                    NONE_LEFT,
                    ("All namespaces together have %d feeds that read from other servers or folders, and no more can be"
                                    + " read: try again later, or ask whoever runs the platform for more"
                                    + " (feeds.max-streams-in-all).")
                            .formatted(others.allReading()));
        }
    }

    /// A feed may become smaller however much the others take.
    ///
    /// @param bytes of what is to be kept of a feed
    /// @throws InvalidFeedException if that is too much, with the other feeds of its namespace
    void require(EntityId feed, int bytes) throws InvalidFeedException {
        Sizes now = census.sizes(feed);
        long all = now.all() - now.one() + bytes;
        if (all > bounds.size().bytes() && bytes > now.one()) {
            throw refused(
                    "size",
                    TOO_LARGE,
                    ("The feeds of the namespace would have %d bytes together, their payloads among them, and %d are the"
                                    + " most (feeds.max-size-per-namespace): give this one less, or delete the trigger of"
                                    + " another one.")
                            .formatted(all, bounds.size().bytes()));
        }
    }

    /// Of each namespace that reads, if all have the same.
    private long share(Count others) {
        return bounds.streamsInAll() / others.readers();
    }

    private InvalidFeedException refused(String reason, int status, String sentence) {
        Counter.builder("whirl_feeds_refused")
                .description("Feeds that were not made because there are too many, by what there is too much of")
                .tag("reason", reason)
                .register(meters)
                .increment();
        return new InvalidFeedException(status, sentence);
    }
}
