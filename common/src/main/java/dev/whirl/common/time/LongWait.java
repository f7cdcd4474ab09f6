package dev.whirl.common.time;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parking for something that nearly always comes long before its deadline, without a timer for each wait.
///
/// A timed park of a virtual thread costs an entry in a timer, and twice the wake-up of the thread behind it. Here a
/// thread whose deadline is far away parks without a time. One watcher looks four times a second whose end comes near
/// and wakes those: they park for the rest with a time, so that deadlines are as exact as ever.
public final class LongWait {
    private static final long SOON = Duration.ofMillis(500).toNanos();
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(LongWait.class);

    private static final Map<Thread, Long> WAITING = new ConcurrentHashMap<>();

    static {
        Thread.ofPlatform().daemon().name("long-wait").start(LongWait::watch);
    }

    private LongWait() {}

    /// Parks the calling thread until somebody unparks it, it is interrupted, or the time is over; may also return for
    /// no reason. So call it in a loop that looks at what it waits for.
    ///
    /// @param blocker shown in thread dumps
    /// @param deadlineNanos as of [System#nanoTime]
    public static void park(Object blocker, long deadlineNanos) {
        long left = deadlineNanos - System.nanoTime();
        if (left <= SOON) {
            LockSupport.parkNanos(blocker, left); // at once if it is not positive
            return;
        }
        Thread self = Thread.currentThread();
        WAITING.put(self, deadlineNanos);
        try {
            LockSupport.park(blocker);
        } finally {
            WAITING.remove(self);
        }
    }

    private static void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                wakeWhoseEndIsNear();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the watcher of long waits", e);
        }
    }

    private static void wakeWhoseEndIsNear() {
        try {
            long soon = System.nanoTime() + SOON;
            WAITING.forEach((thread, deadlineNanos) -> {
                if (deadlineNanos - soon <= 0) {
                    LockSupport.unpark(thread);
                }
            });
        } catch (RuntimeException | Error e) { // such as no memory: without this thread no time limit holds any more
            LOG.atError().setCause(e).log("Waking those whose time is over failed; it is tried again");
        }
    }
}
