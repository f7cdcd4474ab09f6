package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import java.util.function.BooleanSupplier;

/// Feeds that read from other servers: a virtual thread for each.
public final class Streams {
    private final Surroundings around;
    private final Opening opening;

    /// Opens what a feed reads.
    public interface Opening {
        Source open(Feed.Stream feed) throws SourceException, InterruptedException;
    }

    public Streams(Surroundings around, Opening opening) {
        this.around = around;
        this.opening = opening;
    }

    /// @param isOurs whether this provider may still fire it
    public Running start(FeedTrigger trigger, Feed.Stream feed, BooleanSupplier isOurs) {
        var run = new StreamRun(trigger, () -> opening.open(feed), around, isOurs);
        run.start();
        return run;
    }
}
