package dev.whirl.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what is not to be kept from time to time, on a platform thread of its own, until it is
/// closed. A clock that leaps ahead makes nothing old at once (attack 45).
public final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration FIRST = Duration.ofSeconds(30);

    private final Task task;
    private final Duration interval;
    private final CautiousClock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("store-housekeeping").unstarted(this::run);

    /// One round of it.
    public interface Task {
        void keepHouse(Instant now);
    }

    public Housekeeper(Task task, Duration interval) {
        this(task, interval, new CautiousClock());
    }

    Housekeeper(Task task, Duration interval, CautiousClock clock) {
        this.task = task;
        this.interval = interval;
        this.clock = clock;
    }

    /// Does nothing if the interval is zero.
    public void start() {
        if (interval.isPositive()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }

    private void run() {
        Duration pause = interval.compareTo(FIRST) < 0 ? interval : FIRST;
        try {
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                keepHouse();
                pause = interval;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepHouse() {
        try {
            task.keepHouse(clock.instant());
        } catch (StoreException e) {
            if (stop.getCount() > 0) {
                LOG.atWarn().setCause(e).log("Old data could not be removed");
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Removing old data failed");
        }
    }
}
