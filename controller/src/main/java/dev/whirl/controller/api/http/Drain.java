package dev.whirl.controller.api.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the requests in work, so that stopping can wait for them.
final class Drain {
    private final AtomicInteger inWork = new AtomicInteger();
    private volatile boolean isLeaving;
    private volatile boolean isStopping;

    void enter() {
        inWork.incrementAndGet();
    }

    void leave() {
        if (inWork.decrementAndGet() == 0 && isStopping) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /// From now on connections are closed after their next answer, so that their callers make new ones elsewhere.
    void begin() {
        isLeaving = true;
    }

    boolean isLeaving() {
        return isLeaving || isStopping;
    }

    boolean isStopping() {
        return isStopping;
    }

    int inWork() {
        return inWork.get();
    }

    /// From now on new requests are refused; waits for those in work.
    ///
    /// @return whether all ended in time
    synchronized boolean stop(Duration patience) throws InterruptedException {
        isStopping = true;
        long deadline = System.nanoTime() + patience.toNanos();
        while (inWork.get() > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
        return true;
    }
}
