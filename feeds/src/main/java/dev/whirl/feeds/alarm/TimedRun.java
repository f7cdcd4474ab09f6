package dev.whirl.feeds.alarm;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.Feed.AfterFiring;
import dev.whirl.feeds.feed.FeedStatus;
import dev.whirl.feeds.feed.FeedStatus.Reason;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.feed.Missed;
import dev.whirl.feeds.fire.Attempt;
import dev.whirl.feeds.fire.FireOutcome;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.registry.Positions;
import dev.whirl.feeds.registry.Positions.LostException;
import dev.whirl.feeds.schedule.Due;
import dev.whirl.feeds.schedule.Occurrence;
import dev.whirl.feeds.schedule.PositionDocuments;
import dev.whirl.feeds.schedule.TimedPosition;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One alarm under way. What is to be done is decided by [Due]; here it is done, one step at a time, by one thread at
/// a time. The position is stored before a firing and after it: whoever takes over after a crash knows what may have
/// been fired.
final class TimedRun {
    private static final Logger LOG = LoggerFactory.getLogger(TimedRun.class);

    /// Before another look at a feed that somebody else writes, or may write.
    private static final Duration DOUBT = Duration.ofSeconds(2);

    private final FeedTrigger trigger;
    private final Feed.Timed feed;
    private final Surroundings around;
    private final Positions positions;
    private final BooleanSupplier isOurs;
    private @Nullable TimedPosition position;

    /// What was settled and could not be stored yet.
    private @Nullable TimedPosition unsaved;

    private boolean mayHaveFired;
    private int attempts;
    private volatile boolean isStopped;

    /// When to do the next step.
    sealed interface Next {
        record At(Instant time) implements Next {}

        /// Never: the feed is over or stopped.
        record Never() implements Next {}
    }

    /// @param isOurs whether this provider may still fire it
    TimedRun(FeedTrigger trigger, Feed.Timed feed, Surroundings around, BooleanSupplier isOurs) {
        this.trigger = trigger;
        this.feed = feed;
        this.around = around;
        this.isOurs = isOurs;
        this.positions = new Positions(around.documents(), trigger.trigger());
    }

    /// No further step does anything.
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    /// Does what is due. Waits for the store and the API.
    Next step() {
        if (isStopped) {
            return new Next.Never();
        }
        Instant now = around.clock().instant();
        if (!isOurs.getAsBoolean()) {
            return new Next.At(now.plus(DOUBT));
        }
        try {
            TimedPosition current = takenBack(position(), now);
            return switch (Due.decide(trigger, feed, current, now, around.lateness())) {
                case Due.Wait(Instant until) -> new Next.At(until);
                case Due.Over(Reason reason) -> finish(reason);
                case Due.Fire(Occurrence occurrence) -> fire(current, occurrence);
            };
        } catch (LostException e) {
            LOG.atInfo().addKeyValue("trigger", trigger.trigger()).log("somebody else wrote how far a feed is");
            position = null;
            unsaved = null;
            return new Next.At(now.plus(DOUBT));
        }
    }

    private TimedPosition position() throws LostException {
        if (unsaved != null) {
            keep(unsaved);
        }
        TimedPosition known = position;
        if (known == null) {
            known = stored();
            mayHaveFired = known.firing() != null; // somebody was about to fire it, and is gone
            position = known;
        }
        return known;
    }

    private TimedPosition stored() {
        TimedPosition last = positions.load().flatMap(PositionDocuments::read).orElse(null);
        return last != null && last.generation().equals(trigger.generation())
                ? last
                : TimedPosition.first(trigger.generation(), feed, trigger.since(), last);
    }

    /// What comes once only is not done again, whatever the clock says.
    private TimedPosition takenBack(TimedPosition current, Instant now) {
        TimedPosition next = feed instanceof Feed.Once ? current : current.takenBackTo(now);
        if (!next.equals(current)) {
            LOG.atWarn()
                    .addKeyValue("trigger", trigger.trigger())
                    .addKeyValue("settled", current.settled())
                    .log("the clock was ahead when an alarm fired: it goes on from now");
            position = next; // stored with the next firing
        }
        return next;
    }

    /// Each attempt is noted before: whoever has lost the feed is told then, and does not fire.
    private Next fire(TimedPosition current, Occurrence occurrence) throws LostException {
        boolean isFirst = current.firing() == null;
        keep(current.before(occurrence));
        mayHaveFired &= !isFirst;
        if (!isOurs.getAsBoolean()) { // by now
            throw new LostException();
        }
        attempts++;
        FireOutcome outcome = around.fires().fire(trigger, payload(occurrence));
        return switch (Attempt.after(outcome, attempts)) {
            case Attempt.Done _ -> {
                around.counters().fired();
                yield settle(current.after(occurrence));
            }
            case Attempt.Again again -> again(current, occurrence, again);
            case Attempt.Stop(Reason reason) -> {
                stopFeed(reason);
                yield new Next.Never();
            }
        };
    }

    private Next again(TimedPosition current, Occurrence occurrence, Attempt.Again again) throws LostException {
        mayHaveFired |= again.mayHaveFired();
        around.counters().failed();
        boolean isGivenUp =
                attempts >= around.maxAttempts() && trigger.delivery().missed() == Missed.SKIP;
        LOG.atInfo()
                .addKeyValue("trigger", trigger.trigger())
                .addKeyValue("scheduled", occurrence.scheduled())
                .addKeyValue("attempt", attempts)
                .addKeyValue("reason", again.reason())
                .log(isGivenUp ? "a firing is given up" : "a firing failed and is tried again");
        if (isGivenUp) {
            around.counters().givenUp();
            return settle(current.skippedTo(occurrence.scheduled()));
        }
        return new Next.At(around.clock().instant().plus(again.pause()));
    }

    private Next settle(TimedPosition next) throws LostException {
        attempts = 0;
        mayHaveFired = false;
        unsaved = next;
        keep(next);
        return new Next.At(around.clock().instant());
    }

    private void keep(TimedPosition next) throws LostException {
        positions.save(PositionDocuments.write(next));
        position = next;
        unsaved = null;
    }

    private RawJson payload(Occurrence occurrence) {
        return Payloads.of(trigger.delivery(), occurrence, mayHaveFired);
    }

    private Next finish(Reason reason) {
        Optional<Boolean> withRules = switch (feed) {
            case Feed.Once(var _, AfterFiring after) when after == AfterFiring.DELETE_TRIGGER -> Optional.of(false);
            case Feed.Once(var _, AfterFiring after)
            when after == AfterFiring.DELETE_TRIGGER_AND_RULES -> Optional.of(true);
            case Feed.Once _, Feed.Alarm _, Feed.Interval _ -> Optional.empty();
        };
        if (withRules.isEmpty()) {
            stopFeed(reason);
            return new Next.Never();
        }
        attempts++;
        FireOutcome outcome = around.fires().delete(trigger, withRules.get());
        return switch (Attempt.after(outcome, attempts)) {
            case Attempt.Done _ -> {
                around.registry().remove(trigger.trigger());
                yield new Next.Never();
            }
            case Attempt.Again again -> new Next.At(around.clock().instant().plus(again.pause()));
            case Attempt.Stop(Reason refusal) -> {
                stopFeed(refusal);
                yield new Next.Never();
            }
        };
    }

    private void stopFeed(Reason reason) {
        LOG.atInfo()
                .addKeyValue("trigger", trigger.trigger())
                .addKeyValue("reason", reason.message())
                .log("a feed is over");
        around.registry().stop(trigger, FeedStatus.stopped(around.clock().instant(), reason));
    }

    @Override
    public String toString() {
        return trigger.toString();
    }
}
