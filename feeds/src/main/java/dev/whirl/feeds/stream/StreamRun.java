package dev.whirl.feeds.stream;

import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedStatus.Reason;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Attempt;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import dev.whirl.feeds.registry.Positions;
import dev.whirl.feeds.registry.Positions.LostException;
import dev.whirl.feeds.stream.Source.Batch;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One feed that reads a source, on a virtual thread of its own: read, note, fire, note. Nothing is given up: what
/// can't be fired now stays in the source, and one batch is tried again.
final class StreamRun implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);
    private static final Duration DOUBT = Duration.ofSeconds(2);

    /// How often it is noted how far a source was read of which nothing was fired.
    private static final Duration PASSED_EVERY = Duration.ofSeconds(30);

    private final FeedTrigger trigger;
    private final Opener opener;
    private final Surroundings around;
    private final BooleanSupplier isOurs;
    private final StreamLimits limits;
    private final Positions positions;

    /// In a row; only the feed's own thread uses it.
    private int failures;

    /// When it was noted last how far the source was read without events. Only the feed's own thread uses it.
    private Instant passedAt = Instant.MIN;

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
        this.positions = new Positions(around.documents(), trigger.trigger());
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
        NamespaceName namespace = trigger.trigger().namespace();
        if (!limits.open().tryTake(namespace)) {
            note("as many streams are open as may be: it waits for another one to end", failures);
            limits.open().take(namespace);
        }
        try {
            follow();
            return true;
        } catch (SourceException e) {
            if (e.isLasting()) {
                stopFeed(Reason.automatic("Automatically disabled: " + e.sentence()));
                return true;
            }
            note(e.sentence(), ++failures);
            return false;
        } finally {
            limits.open().give(namespace);
        }
    }

    /// Returns when the feed is over.
    private void follow() throws SourceException, LostException, InterruptedException {
        try (Source source = opener.open()) {
            StreamPosition current = position(source);
            while (isOurs.getAsBoolean()) {
                if (isSpent(current)) {
                    stopFeed(Reason.automatic("Automatically disabled after reaching max triggers"));
                    return;
                }
                Optional<Batch> batch = source.read(current.settled(), current.firing());
                if (batch.isEmpty()) {
                    current = passed(source, current);
                    failures = 0;
                    continue;
                }
                Optional<StreamPosition> next = deliver(source, current, batch.get());
                if (next.isEmpty()) {
                    return;
                }
                current = next.get();
                failures = 0;
            }
        }
        throw new LostException();
    }

    /// Where nothing came: what may have been fired is not there any more, and what does not concern the feed need not
    /// be
    /// read again by whoever comes next.
    private StreamPosition passed(Source source, StreamPosition current) throws LostException {
        if (current.firing() != null) {
            return keep(current.withNothingOpen());
        }
        RawJson mark = source.passed(current.settled());
        Instant now = around.clock().instant();
        if (mark.equals(current.settled()) || now.isBefore(passedAt.plus(PASSED_EVERY))) {
            return current;
        }
        passedAt = now;
        return keep(current.movedTo(mark));
    }

    private StreamPosition position(Source source) throws SourceException, LostException, InterruptedException {
        StreamPosition known = positions
                .load()
                .flatMap(each -> StreamPosition.read(each, trigger.generation()))
                .orElse(null);
        return known != null ? known : keep(new StreamPosition(trigger.generation(), begin(source), null, 0));
    }

    /// Where the source was when the feed was made.
    private RawJson begin(Source source) throws SourceException, InterruptedException {
        RawJson known = trigger.begin();
        return known == null ? source.begin() : known;
    }

    private boolean isSpent(StreamPosition current) {
        long most = trigger.delivery().maxFirings();
        return most >= 0 && current.fired() >= most && current.firing() == null;
    }

    /// @return empty if the feed was stopped
    private Optional<StreamPosition> deliver(Source source, StreamPosition current, Batch batch)
            throws LostException, InterruptedException {
        RawJson open = current.firing();
        boolean mayHaveFired = open != null;
        StreamPosition noted = open == null ? current.before(batch.mark()) : current;
        for (int attempt = 1; ; attempt++) {
            keep(noted); // each attempt: whoever has lost the feed is told then, and does not fire
            FireOutcome outcome = fire(marked(batch.payload(), mayHaveFired));
            switch (Attempt.after(outcome, attempt)) {
                case Attempt.Done _ -> {
                    around.counters().fired();
                    boolean isAll = open == null || source.reaches(batch.mark(), open);
                    return Optional.of(keepFirmly(current.after(batch.mark(), isAll ? null : open)));
                }
                case Attempt.Again again -> {
                    mayHaveFired |= again.mayHaveFired();
                    around.counters().failed();
                    note(again.reason(), attempt);
                    Thread.sleep(again.pause());
                }
                case Attempt.Stop(Reason reason) -> {
                    stopFeed(reason);
                    return Optional.empty();
                }
            }
        }
    }

    private FireOutcome fire(RawJson payload) throws LostException, InterruptedException {
        limits.firing().acquire();
        try {
            if (!isOurs.getAsBoolean()) { // by now
                throw new LostException();
            }
            return around.fires().fire(trigger, payload);
        } finally {
            limits.firing().release();
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

    private void stopFeed(Reason reason) {
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
