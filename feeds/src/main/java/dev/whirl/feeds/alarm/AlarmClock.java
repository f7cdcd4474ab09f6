package dev.whirl.feeds.alarm;

import dev.whirl.feeds.alarm.Alarms.DueAlarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that waits for the next alarm, and a virtual thread for each that is due; only so many of them fire at a
/// time. The monitor guards [#thread].
public final class AlarmClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);

    /// The system's clock may be set: no wait is longer.
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Semaphore permits;
    private final Semaphore bell = new Semaphore(0);
    private final ExecutorService workers;
    private volatile @Nullable Alarms alarms;
    private @Nullable Thread thread;

    /// @param permits one for each firing at a time
    public AlarmClock(InstantSource clock, Semaphore permits) {
        this.clock = clock;
        this.permits = permits;
        this.workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("alarm-", 0).factory());
    }

    /// Looks at the alarms again: one may be due sooner.
    public void ring() {
        bell.release();
    }

    public synchronized void start(Alarms which) {
        alarms = which;
        thread = Thread.ofPlatform().daemon().name("alarm-clock").start(() -> run(which));
    }

    private void run(Alarms which) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                hand(which.takeDue());
                sleep(which.first());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | StackOverflowError e) {
                LOG.atError().setCause(e).log("alarms could not be looked at");
            }
        }
    }

    private void hand(List<DueAlarm> due) {
        due.forEach(each -> workers.execute(() -> perform(each)));
    }

    private void perform(DueAlarm due) {
        Alarms which = alarms;
        if (which == null) {
            return;
        }
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            which.perform(due);
        } finally {
            permits.release();
        }
    }

    private void sleep(Optional<Instant> until) throws InterruptedException {
        Duration rest =
                until.map(each -> Duration.between(clock.instant(), each)).orElse(LONGEST);
        long millis = Math.min(LONGEST.toMillis(), rest.toMillis() + 1);
        if (bell.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            bell.drainPermits();
        }
    }

    /// Lets firings under way end, for some seconds.
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.interrupt();
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
