package dev.whirl.store.embedded;

import dev.whirl.store.Activations;
import dev.whirl.store.Activations.Retention;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Prunes records and sweeps code from time to time, on a platform thread of its own, until it is closed.
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration FIRST = Duration.ofSeconds(30);

    private final Activations activations;
    private final CodeSweeper sweeper;
    private final Retention retention;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("store-housekeeping").unstarted(this::run);

    Housekeeper(Activations activations, CodeSweeper sweeper, Retention retention, Duration interval) {
        this.activations = activations;
        this.sweeper = sweeper;
        this.retention = retention;
        this.interval = interval;
    }

    /// Does nothing if the interval is zero.
    void start() {
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
            long removed = activations.prune(retention, InstantSource.system().instant());
            LOG.atDebug().addKeyValue("records", removed).log("Old activation records were removed");
            sweeper.sweep(InstantSource.system().instant());
        } catch (StoreException e) {
            if (stop.getCount() > 0) {
                LOG.atWarn().setCause(e).log("Old data could not be removed");
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Removing old data failed");
        }
    }
}
