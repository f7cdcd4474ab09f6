package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedStatus.Reason;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.Origin;
import dev.whirl.feeds.fire.Attempt;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.registry.Positions;
import dev.whirl.feeds.registry.Positions.LostException;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.feeds.stream.Source.Rest;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the source of one feed while it is open: read, note, fire, note. Nothing is given up: what can't be fired
/// now stays in the source, and one batch is tried again. Used by one thread.
final class StreamReader {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final Duration DOUBT = Duration.ofSeconds(2);

    /// How often it is noted how far a source was read of which nothing was fired.
    private static final Duration PASSED_EVERY = Duration.ofSeconds(30);

    private final FeedTrigger trigger;
    private final Surroundings around;
    private final BooleanSupplier isOurs;
    private final Semaphore firing;
    private final Positions positions;

    /// When it was noted last how far the source was read without events.
    private Instant passedAt = Instant.MIN;

    /// @param firing a permit for each firing under way
    StreamReader(FeedTrigger trigger, Surroundings around, BooleanSupplier isOurs, Semaphore firing) {
        this.trigger = trigger;
        this.around = around;
        this.isOurs = isOurs;
        this.firing = firing;
        this.positions = new Positions(around.documents(), trigger.trigger());
    }

    /// Returns when the feed is over, or is to let another one have its place.
    ///
    /// @param isToLeave asked between events
    /// @param onProgress called when the source was read
    /// @return whether the feed is over
    /// @throws LostException if the feed is not ours any more
    boolean follow(Source source, BooleanSupplier isToLeave, Runnable onProgress)
            throws SourceException, LostException, InterruptedException {
        StreamPosition current = position(source);
        while (isOurs.getAsBoolean()) {
            if (isSpent(current)) {
                return stopSpent();
            }
            if (isToLeave.getAsBoolean()) {
                return false;
            }
            Optional<Batch> batch = source.read(current.settled(), current.firing());
            if (batch.isEmpty()) {
                current = passed(source, current);
            } else if (isBeyond(current, batch.get())) {
                return stopSpent();
            } else {
                Optional<StreamPosition> next = deliver(source, current, batch.get(), isToLeave);
                if (next.isEmpty()) {
                    return true;
                }
                current = next.get();
            }
            onProgress.run();
        }
        throw new LostException();
    }

    /// Where nothing came: what does not concern the feed need not be read again by whoever comes next, and of what may
    /// have been fired some may not be there any more.
    private StreamPosition passed(Source source, StreamPosition current) throws LostException {
        Rest rest = source.rest(current.settled(), current.firing());
        StreamPosition next = current.at(rest);
        boolean isSettled = current.firing() != null && rest.open() == null;
        Instant now = around.clock().instant();
        if (next.equals(current) || (!isSettled && now.isBefore(passedAt.plus(PASSED_EVERY)))) {
            return current;
        }
        passedAt = now;
        return keep(next);
    }

    private StreamPosition position(Source source) throws SourceException, LostException, InterruptedException {
        StreamPosition known = positions
                .load()
                .flatMap(each -> StreamPosition.read(each, trigger))
                .orElse(null);
        return known != null ? known : keep(StreamPosition.first(trigger, begin(source)));
    }

    /// Where the source was when the feed was made.
    private RawJson begin(Source source) throws SourceException, InterruptedException {
        Origin origin = trigger.origin();
        return origin == null ? source.begin() : origin.mark();
    }

    private boolean isSpent(StreamPosition current) {
        long most = trigger.delivery().maxFirings();
        return most >= 0 && current.fired() >= most && current.firing() == null;
    }

    /// A feed that has fired as often as it may goes on with what was under way alone, so that a crash loses nothing of
    /// it; and with that no more often than the bound again, whatever the source repeats.
    private boolean isBeyond(StreamPosition current, Batch batch) {
        long most = trigger.delivery().maxFirings();
        return most >= 0 && current.fired() - most >= (batch.isRepeated() ? most : 0);
    }

    /// @return that the feed is over
    private boolean stopSpent() {
        stop("Automatically disabled after reaching max triggers");
        return true;
    }

    /// Tries until it succeeds, or until another one is to have the place: then the batch is read again later.
    ///
    /// @return empty if the feed was stopped
    private Optional<StreamPosition> deliver(
            Source source, StreamPosition current, Batch batch, BooleanSupplier isToLeave)
            throws LostException, InterruptedException {
        boolean mayHaveFired = batch.isRepeated();
        StreamPosition noted = current.before(batch.firing());
        for (int attempt = 1; ; attempt++) {
            keep(noted); // each attempt: whoever has lost the feed is told then, and does not fire
            FireOutcome outcome = fire(marked(batch.payload(), mayHaveFired));
            switch (Attempt.after(outcome, attempt)) {
                case Attempt.Done _ -> {
                    around.counters().fired();
                    boolean isAll = source.reaches(batch.mark(), batch.firing());
                    return Optional.of(keepFirmly(current.after(batch.mark(), isAll ? null : batch.firing())));
                }
                case Attempt.Again again -> {
                    mayHaveFired |= again.mayHaveFired();
                    around.counters().failed();
                    note(again.reason(), attempt);
                    Thread.sleep(again.pause());
                    if (isToLeave.getAsBoolean()) {
                        return Optional.of(mayHaveFired ? noted : keep(current));
                    }
                }
                case Attempt.Stop(Reason reason) -> {
                    stop(reason);
                    return Optional.empty();
                }
            }
        }
    }

    private FireOutcome fire(RawJson payload) throws LostException, InterruptedException {
        firing.acquire();
        try {
            if (!isOurs.getAsBoolean()) { // by now
                throw new LostException();
            }
            return around.fires().fire(trigger, payload);
        } finally {
            firing.release();
        }
    }

    private StreamPosition keep(StreamPosition next) throws LostException {
        positions.save(next.toJson());
        return next;
    }

    /// What was fired must not be fired again because the store is away for a moment.
    private StreamPosition keepFirmly(StreamPosition next) throws LostException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return keep(next);
            } catch (StoreException e) {
                note(String.valueOf(e.getMessage()), attempt);
                Thread.sleep(DOUBT);
            }
        }
    }

    private static RawJson marked(RawJson payload, boolean mayBeDuplicate) {
        if (!mayBeDuplicate) {
            return payload;
        }
        var fields = new LinkedHashMap<>(payload.fields());
        fields.put("_feed", RawJson.object("duplicate", RawJson.TRUE));
        return RawJson.object(fields);
    }

    /// Stops the feed for good.
    ///
    /// @param why for its owner
    void stop(String why) {
        stop(Reason.automatic(why));
    }

    private void stop(Reason reason) {
        LOG.atInfo()
                .addKeyValue("trigger", trigger.trigger())
                .addKeyValue("reason", reason.message())
                .log("a feed is over");
        around.registry().stop(trigger, FeedStatus.stopped(around.clock().instant(), reason));
    }

    private void note(String reason, int attempt) {
        LOG.atInfo()
                .addKeyValue("trigger", trigger.trigger())
                .addKeyValue("reason", reason)
                .addKeyValue("attempt", attempt)
                .log("a feed waits and tries again");
    }
}
