package dev.whirl.controller.invoke;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds how many sequences and compositions are under way, and what they hold between their steps. One that is under
/// way is never refused; new ones are, when it is too much. What steps are called with is bounded where they are sent.
public final class CompositionRoom {
    private static final int MOST = 10_000;
    private static final int SHARE_OF_HEAP = 8;

    private final long mostBytes = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    CompositionRoom() {}

    /// The part of one of them. Used by one thread at a time.
    public final class Held implements AutoCloseable {
        private long held;

        private Held(long held) {
            this.held = held;
        }

        /// What it holds from now on.
        void now(long size) {
            bytes.addAndGet(size - held);
            held = size;
        }

        @Override
        public void close() {
            now(0);
            running.decrementAndGet();
        }
    }

    /// @throws ApiException 503 if there is no room for another one
    Held take(long size) {
        boolean isInRoom = running.incrementAndGet() <= MOST;
        if (isInRoom && bytes.addAndGet(size) <= mostBytes) {
            return new Held(size);
        }
        running.decrementAndGet();
        if (isInRoom) {
            bytes.addAndGet(-size);
        }
        throw new ApiException(ErrorCode.OVERLOADED, Messages.COMPOSITIONS_HELD);
    }

    int running() {
        return running.get();
    }
}
