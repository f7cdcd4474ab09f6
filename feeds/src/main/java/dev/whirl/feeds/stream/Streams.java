package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/// Feeds that read from other servers: a virtual thread for each. Those beyond the most that may be open take turns
/// with the others.
public final class Streams {
    private final Surroundings around;
    private final Opening opening;
    private final StreamLimits limits;

    /// Opens what a feed reads.
    public interface Opening {
        Source open(Feed.Stream feed) throws SourceException, InterruptedException;
    }

    /// @param firing a permit for each firing under way
    /// @param mostOpen sources at a time
    /// @param mostOfOne of them of one namespace
    public Streams(Surroundings around, Opening opening, Semaphore firing, int mostOpen, int mostOfOne) {
        this.around = around;
        this.opening = opening;
        this.limits = new StreamLimits(new OpenStreams(mostOpen, mostOfOne, around.clock()), firing);
    }

    /// How many sources are open.
    public int open() {
        return limits.open().open();
    }

    /// How many feeds wait for another one's place.
    public int waiting() {
        return limits.open().waiting();
    }

    /// @param isOurs whether this provider may still fire it
    public Running start(FeedTrigger trigger, Feed.Stream feed, BooleanSupplier isOurs) {
        var run = new StreamRun(trigger, () -> opening.open(feed), around, isOurs, limits);
        run.start();
        return run;
    }
}
