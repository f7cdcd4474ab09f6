package dev.whirl.store;

import dev.whirl.common.units.ByteSize;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// Memory for records that wait to be written: whoever brings more than there is room for waits, ten seconds at most.
/// The lock guards `takenBytes`.
public final class RecordRoom {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final long maxBytes;
    private final LongFunction<String> complaint;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long takenBytes;

    /// @param complaint makes the sentence for those who waited too long, out of the bytes that are taken
    public RecordRoom(ByteSize max, LongFunction<String> complaint) {
        this.maxBytes = max.bytes();
        this.complaint = complaint;
    }

    public long takenBytes() {
        lock.lock();
        try {
            return takenBytes;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for room, even if the thread is interrupted: a record must not be lost. One record always has room.
    ///
    /// @throws StoreException.Unavailable if there is none for too long
    public void reserve(long bytes) {
        boolean isInterrupted = false;
        long left = PATIENCE;
        lock.lock();
        try {
            while (takenBytes > 0 && takenBytes + bytes > maxBytes) {
                if (left <= 0) {
                    throw new StoreException.Unavailable(complaint.apply(takenBytes));
                }
                try {
                    left = room.awaitNanos(left);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            takenBytes += bytes;
        } finally {
            lock.unlock();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public void release(long bytes) {
        lock.lock();
        try {
            takenBytes -= bytes;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
