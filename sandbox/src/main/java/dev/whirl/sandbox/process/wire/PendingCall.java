package dev.whirl.sandbox.process.wire;

import dev.whirl.common.time.LongWait;
import dev.whirl.sandbox.Payload;
import dev.whirl.sandbox.Reply;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call that waits for its reply: made by one thread, completed once by another.
final class PendingCall {
    private final int bodyLimit;
    private final BuiltCode built;
    private boolean isBuilt; // by the thread that reads
    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Reply reply;

    PendingCall(int bodyLimit, BuiltCode built) {
        this.bodyLimit = bodyLimit;
        this.built = built;
    }

    int bodyLimit() {
        return bodyLimit;
    }

    /// What goes before the request.
    Optional<Payload> offer() {
        return built.offer();
    }

    /// Whether the runtime may send what it makes of the code: once.
    boolean takesBuilt() {
        return built.isAskedFor() && !isBuilt;
    }

    /// How much of it is taken.
    int builtLimit() {
        isBuilt = true;
        return built.roomBytes();
    }

    /// Takes what the runtime made, if it is whole.
    void built(byte[] content, long fullSizeBytes) {
        if (content.length == fullSizeBytes) {
            built.made(content);
        }
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
