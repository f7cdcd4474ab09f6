package dev.whirl.feeds.alarm;

import dev.whirl.feeds.alarm.TimedRun.Next;
import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.feeds.fire.Surroundings;
import dev.whirl.feeds.provide.Running;
import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All alarms of a provider: which are due, and what becomes of them. Whoever has a thread calls [#takeDue] and
/// [#perform]; ten thousand alarms are ten thousand entries of one [Agenda].
public final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final Duration AFTER_STORE_FAILED = Duration.ofSeconds(5);
    private static final Duration AFTER_BUG = Duration.ofMinutes(1);

    private final Surroundings around;
    private final Runnable onSooner;
    private final Agenda agenda = new Agenda();
    private final LogPace pace = new LogPace();

    /// @param onSooner called when another alarm is the next than before
    public Alarms(Surroundings around, Runnable onSooner) {
        this.around = around;
        this.onSooner = onSooner;
    }

    /// One that is due.
    public static final class DueAlarm {
        private final TimedRun run;

        private DueAlarm(TimedRun run) {
            this.run = run;
        }
    }

    /// @param isOurs whether this provider may still fire it
    public Running start(FeedTrigger trigger, Feed.Timed feed, BooleanSupplier isOurs) {
        var run = new TimedRun(trigger, feed, around, isOurs);
        put(run, around.clock().instant());
        return () -> {
            run.stop();
            agenda.remove(run);
        };
    }

    /// When the next one is to be looked at; empty if there is none.
    public Optional<Instant> first() {
        return agenda.first();
    }

    public int size() {
        return agenda.size();
    }

    /// Those that are due, each handed out once until it was performed.
    public List<DueAlarm> takeDue() {
        return agenda.take(around.clock().instant()).stream().map(DueAlarm::new).toList();
    }

    /// Does what is due of one, and notes when to look at it again. Waits for the store and the API.
    public void perform(DueAlarm due) {
        TimedRun run = due.run;
        if (step(run) instanceof Next.At(Instant time)) {
            put(run, time);
            if (run.isStopped()) { // meanwhile: whoever stopped it did not find it here
                agenda.remove(run);
            }
        }
    }

    private void put(TimedRun run, Instant at) {
        if (agenda.put(run, at)) {
            onSooner.run();
        }
    }

    private Next step(TimedRun run) {
        try {
            return run.step();
        } catch (StoreException e) {
            pace.log(held -> LOG.atWarn()
                    .addKeyValue("trigger", run)
                    .addKeyValue("reason", e.getMessage())
                    .addKeyValue("since", held)
                    .log("an alarm waits for the store"));
            return new Next.At(around.clock().instant().plus(AFTER_STORE_FAILED));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("trigger", run).setCause(e).log("an alarm failed");
            return new Next.At(around.clock().instant().plus(AFTER_BUG));
        }
    }
}
