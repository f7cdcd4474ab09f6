package dev.whirl.invoker.pool;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that tells the pool that time has passed: often while jobs wait, seldom otherwise.
final class Housekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final long OFTEN = Duration.ofMillis(10).toNanos();
    private static final long SELDOM = Duration.ofMillis(250).toNanos();

    private final BooleanSupplier tick;
    private volatile boolean isRunning;
    private volatile boolean sleepsLong;
    private volatile @Nullable Thread thread;

    /// @param tick tells whether jobs are waiting
    Housekeeper(BooleanSupplier tick) {
        this.tick = tick;
    }

    void start() {
        isRunning = true;
        thread = Thread.ofVirtual().name("pool-housekeeper").start(this::run);
    }

    /// A job has begun to wait.
    void wake() {
        if (sleepsLong) {
            sleepsLong = false;
            LockSupport.unpark(thread);
        }
    }

    void stop() {
        isRunning = false;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (isRunning) {
            long began = System.nanoTime();
            boolean areWaiting = ticked();
            sleepsLong = !areWaiting;
            if (!areWaiting) {
                LockSupport.parkNanos(this, SELDOM);
                sleepsLong = false; // jobs that come and go must not have it tick for each of them
            }
            rest(OFTEN - (System.nanoTime() - began));
        }
    }

    private void rest(long nanos) {
        if (nanos > 0 && isRunning) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    private boolean ticked() {
        try {
            return tick.getAsBoolean();
        } catch (RuntimeException | Error e) { // without this thread jobs would wait for ever
            LOG.atError().setCause(e).log("Upkeep of the pool failed; it goes on");
            return true;
        }
    }
}
