package dev.whirl.sandbox.process.wire;

import dev.whirl.common.time.LongWait;
import dev.whirl.sandbox.Reply;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call that waits for its reply: made by one thread, completed once by another.
final class PendingCall {
    private final int bodyLimit;
    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Reply reply;

    PendingCall(int bodyLimit) {
        this.bodyLimit = bodyLimit;
    }

    int bodyLimit() {
        return bodyLimit;
    }

    void complete(Reply outcome) {
        reply = outcome;
        LockSupport.unpark(waiter);
    }

    /// Waits; null when the time is over.
    ///
    /// @param deadlineNanos as of [System#nanoTime]
    @Nullable
    Reply await(long deadlineNanos) throws InterruptedException {
        while (true) {
            Reply outcome = reply;
            if (outcome != null || deadlineNanos - System.nanoTime() <= 0) {
                return outcome;
            }
            LongWait.park(this, deadlineNanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
