package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bounds the memory that many requests take together (attack 26). Each has a [Share], which may grow while others
/// hold theirs. That several wait for each other for good is ruled out twice: who waits too long gives up, and the
/// last part of the memory is kept for one share at a time, the largest of those that wait, so that it can be
/// done. The lock guards all fields, and those of the shares.
final class MemoryBudget {
    /// Smaller shares are not counted: the number of connections bounds them.
    static final long FREE_OF_CHARGE = 64 * 1024;

    private final long capacity;
    private final long kept;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Share> waiting = new ArrayList<>();
    private long used;
    private @Nullable Share favourite;

    /// @param largest what one share may need: so much, or half of everything, is kept for the favourite
    /// @param patience how long to wait for others to be done
    MemoryBudget(long capacityBytes, long largest, Duration patience) {
        this.capacity = capacityBytes;
        this.kept = Math.min(largest, capacityBytes / 2);
        this.patience = patience;
    }

    Share share() {
        return new Share();
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /// What one request holds. Used by one thread.
    final class Share implements AutoCloseable {
        private long held;

        private Share() {}

        long held() {
            return held;
        }

        /// Grows to so many bytes if it is smaller.
        ///
        /// @throws ApiException 503 if others hold too much for too long
        void atLeast(long bytes) {
            if (bytes > held && bytes > FREE_OF_CHARGE) {
                grow(bytes - held);
            }
        }

        /// As [#exactly], for what may be less in the end: never asks for more than there is in all.
        ///
        /// @throws ApiException 503
        void atMost(long bytes) {
            exactly(Math.min(bytes, capacity));
        }

        /// Grows or shrinks to so many bytes.
        ///
        /// @throws ApiException 503
        void exactly(long bytes) {
            long wanted = bytes > FREE_OF_CHARGE ? bytes : 0;
            if (wanted < held) {
                giveBack(held - wanted);
            } else {
                atLeast(wanted);
            }
        }

        @Override
        public void close() {
            if (held > 0) {
                giveBack(held);
            }
        }

        private void grow(long more) {
            lock.lock();
            try {
                if (!fits(this, more)) {
                    waitFor(this, more);
                }
                used += more;
                held += more;
            } finally {
                lock.unlock();
            }
        }

        private void giveBack(long less) {
            lock.lock();
            try {
                used -= less;
                held -= less;
                if (held == 0 && favourite == this) {
                    favourite = null;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void waitFor(Share share, long more) {
        long nanos = share.held + more > capacity ? 0 : patience.toNanos();
        waiting.add(share);
        try {
            while (!fits(share, more)) {
                if (nanos <= 0) {
                    giveUp(share);
                    throw refused();
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(share);
            throw refused();
        } finally {
            waiting.remove(share);
        }
    }

    private boolean fits(Share share, long more) {
        if (used + more <= capacity - kept) {
            return true;
        }
        if (favourite == null && isLargestWaiting(share)) {
            favourite = share;
        }
        return favourite == share && used + more <= capacity;
    }

    private void giveUp(Share share) {
        if (favourite == share) {
            favourite = null;
            changed.signalAll();
        }
    }

    private boolean isLargestWaiting(Share share) {
        return waiting.stream().allMatch(each -> each.held <= share.held);
    }

    private static ApiException refused() {
        return new ApiException(ErrorCode.OVERLOADED, Messages.MEMORY_IN_USE);
    }

    /// How many wait for memory.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
