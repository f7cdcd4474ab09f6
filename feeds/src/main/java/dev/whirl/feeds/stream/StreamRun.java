package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Attempt;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import dev.whirl.feeds.registry.Positions.LostException;
import dev.whirl.feeds.stream.OpenStreams.Place;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of one feed that reads a source: it waits for a place, opens the source and lets a [StreamReader] follow
/// it, and begins again after whatever went wrong.
final class StreamRun implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);
    private static final Duration DOUBT = Duration.ofSeconds(2);

    private final FeedTrigger trigger;
    private final Opener opener;
    private final Surroundings around;
    private final BooleanSupplier isOurs;
    private final StreamLimits limits;

    /// In a row; only the feed's own thread uses it.
    private int failures;

    /// Whether it was told that there are too few places. Only the feed's own thread uses it.
    private boolean hasToldOfWaiting;

    private @Nullable Thread thread;

    /// Opens the source of a feed.
    interface Opener {
        Source open() throws SourceException, InterruptedException;
    }

    StreamRun(FeedTrigger trigger, Opener opener, Surroundings around, BooleanSupplier isOurs, StreamLimits limits) {
        this.trigger = trigger;
        this.opener = opener;
        this.around = around;
        this.isOurs = isOurs;
        this.limits = limits;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("feed " + trigger.trigger()).start(this::run);
    }

    /// Ends the thread soon, and does not wait for it.
    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (isOver()) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (LostException e) {
                note("somebody else wrote how far the feed is", ++failures);
            } catch (StoreException e) {
                note(String.valueOf(e.getMessage()), ++failures);
            } catch (RuntimeException | Error e) { // else a feed that is said to be active would rest for good
                LOG.atError()
                        .addKeyValue("trigger", trigger.trigger())
                        .setCause(e)
                        .log("a feed failed");
                failures++;
            }
            if (!pause(failures)) {
                return;
            }
        }
    }

    private boolean isOver() throws LostException, InterruptedException {
        if (!isOurs.getAsBoolean()) {
            Thread.sleep(DOUBT);
            return false;
        }
        try (Place place = limits.open().take(trigger.trigger().namespace(), this::tellOfWaiting)) {
            return isOver(place);
        }
    }

    private boolean isOver(Place place) throws LostException, InterruptedException {
        var reader = new StreamReader(trigger, around, isOurs, limits.firing());
        try (Source source = opener.open()) {
            return reader.follow(source, place::isWanted, () -> failures = 0);
        } catch (SourceException e) {
            if (e.isLasting()) {
                reader.stop("Automatically disabled: " + e.sentence());
                return true;
            }
            note(e.sentence(), ++failures);
            return false;
        }
    }

    private void tellOfWaiting() {
        if (!hasToldOfWaiting) {
            hasToldOfWaiting = true;
            note("as many streams are open as may be (feeds.max-streams): they take turns", failures);
        }
    }

    private void note(String reason, int attempt) {
        LOG.atInfo()
                .addKeyValue("trigger", trigger.trigger())
                .addKeyValue("reason", reason)
                .addKeyValue("attempt", attempt)
                .log("a feed waits and tries again");
    }

    /// @return whether to go on
    private static boolean pause(int failures) {
        long seconds = Math.min(Attempt.LONGEST.toSeconds(), (long) failures * failures);
        try {
            Thread.sleep(Duration.ofSeconds(Math.max(1, seconds)));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
