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
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final Duration SELDOM = Duration.ofMillis(250);

    private final BooleanSupplier tick;
    private final long oftenNanos;
    private final long seldomNanos;
    private volatile boolean isRunning;

    /// Whether it has to hear of a job that begins to wait: it sleeps long, or may be about to.
    private volatile boolean hasToHear;

    private volatile @Nullable Thread thread;

    /// @param tick tells whether jobs are waiting
    Housekeeper(BooleanSupplier tick) {
        this(tick, OFTEN, SELDOM);
    }

    Housekeeper(BooleanSupplier tick, Duration often, Duration seldom) {
        this.tick = tick;
        oftenNanos = often.toNanos();
        seldomNanos = seldom.toNanos();
    }

    void start() {
        isRunning = true;
        thread = Thread.ofVirtual().name("pool-housekeeper").start(this::run);
    }

    /// A job has begun to wait.
    void wake() {
        if (hasToHear) {
            hasToHear = false;
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
            hasToHear = true; // before it looks: a job that comes behind its back wakes it
            boolean areWaiting = ticked();
            if (!areWaiting && hasToHear && isRunning) {
                LockSupport.parkNanos(this, seldomNanos);
            }
            hasToHear = false; // jobs that come and go must not have it tick for each of them
            restUntil(began + oftenNanos);
        }
    }

    /// Whoever woke it before does not shorten this.
    private void restUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0 && isRunning; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
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
