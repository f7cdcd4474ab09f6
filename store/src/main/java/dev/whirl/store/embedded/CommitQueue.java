package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits to be committed, and which of it makes up the next group.
///
/// Urgent changes go first; deferred ones ride along, keep their order among themselves, and make a group of
/// their own when the oldest has waited for [#LINGER]. Its length is bounded by those who put into it: each
/// waits for its change, or holds a share of the [RecordBuffer]. The lock guards all fields; nothing is
/// called under it but the clock.
final class CommitQueue {
    private static final long LINGER = Duration.ofMillis(10).toNanos();
    private static final long PAUSE_AFTER_FAILURE = Duration.ofMillis(250).toNanos();
    private static final int MOST_CHANGES = 2_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    /// Ends when all deferred changes up to a number are written, or with the next failure.
    private record Flush(long upTo, CompletableFuture<Void> result) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Deque<Commit> urgent = new ArrayDeque<>();
    private final Deque<Commit> deferred = new ArrayDeque<>();
    private final List<Flush> flushes = new ArrayList<>();
    private long deferredIn;
    private long deferredOut;
    private long deferredBytes;
    private long pausedUntil = System.nanoTime();
    private boolean isHurried;
    private @Nullable StoreException closed;

    /// @throws StoreException if nothing is taken any more
    void add(Commit commit) {
        lock.lock();
        try {
            rejectIfClosed();
            if (commit.isDeferred()) {
                defer(commit);
            } else {
                urgent.add(commit);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Asks for all deferred changes that are in the queue or under way.
    CompletableFuture<Void> flush() {
        lock.lock();
        try {
            rejectIfClosed();
            if (deferredOut == deferredIn) {
                return CompletableFuture.completedFuture(null);
            }
            var flush = new Flush(deferredIn, new CompletableFuture<>());
            flushes.add(flush);
            isHurried = true;
            work.signal();
            return flush.result();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next group; empty when the queue is closed and nothing is left in it.
    ///
    /// @param until a time, as [System#nanoTime] counts, after which the answer is a group of none
    Optional<List<Commit>> take(OptionalLong until) throws InterruptedException {
        lock.lock();
        try {
            while (urgent.isEmpty() && waitForDeferred() > 0) {
                if (closed != null && deferred.isEmpty()) {
                    return Optional.empty();
                }
                long patience = until.isPresent() ? until.getAsLong() - System.nanoTime() : Long.MAX_VALUE;
                if (patience <= 0) {
                    return Optional.of(List.of());
                }
                work.awaitNanos(Math.min(patience, waitForDeferred()));
            }
            return Optional.of(group());
        } finally {
            lock.unlock();
        }
    }

    /// These changes are settled, whether they were made or refused.
    void settle(List<Commit> commits) {
        List<CompletableFuture<Void>> flushed = new ArrayList<>();
        lock.lock();
        try {
            deferredOut += commits.stream().filter(Commit::isDeferred).count();
            flushes.removeIf(each -> each.upTo() <= deferredOut && flushed.add(each.result()));
            isHurried = !flushes.isEmpty();
        } finally {
            lock.unlock();
        }
        flushed.forEach(each -> each.complete(null));
    }

    /// The group could not be written: deferred changes come back to their place. When the queue is closed
    /// they are given up.
    ///
    /// @return the changes that failed for good
    List<Commit> giveBack(List<Commit> commits, StoreException failure) {
        List<Flush> failed;
        List<Commit> lost;
        lock.lock();
        try {
            boolean isLast = closed != null;
            lost = commits.stream().filter(each -> isLast || !each.isDeferred()).toList();
            if (!isLast) {
                commits.reversed().stream().filter(Commit::isDeferred).forEach(this::addFirst);
            }
            pausedUntil = System.nanoTime() + PAUSE_AFTER_FAILURE;
            isHurried = false;
            failed = List.copyOf(flushes);
            flushes.clear();
        } finally {
            lock.unlock();
        }
        failed.forEach(each -> each.result().completeExceptionally(failure));
        return lost;
    }

    /// Takes nothing more; what is there is still handed out.
    void close(StoreException reason) {
        lock.lock();
        try {
            closed = closed == null ? reason : closed;
            pausedUntil = System.nanoTime();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Everything that is still in the queue, out of it.
    List<Commit> drain() {
        lock.lock();
        try {
            var all = new ArrayList<>(urgent);
            all.addAll(deferred);
            urgent.clear();
            deferred.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void rejectIfClosed() {
        if (closed != null) {
            throw closed;
        }
    }

    /// Wakes whoever waits for the next group only if that changes how long: waking costs more than the change itself.
    private void defer(Commit commit) {
        boolean wasEmpty = deferred.isEmpty();
        boolean wasFew = isFew();
        deferred.add(commit);
        deferredIn++;
        deferredBytes += commit.bytes();
        if (wasEmpty || (wasFew && !isFew())) {
            work.signal();
        }
    }

    private boolean isFew() {
        return deferredBytes < MOST_BYTES / 2;
    }

    private void addFirst(Commit commit) {
        deferred.addFirst(commit);
        deferredBytes += commit.bytes();
    }

    /// How long the deferred changes may still wait; zero or less if they are due.
    private long waitForDeferred() {
        Commit oldest = deferred.peek();
        if (oldest == null) {
            return Long.MAX_VALUE;
        }
        if (isHurried || closed != null) {
            return 0;
        }
        long now = System.nanoTime();
        long linger = isFew() ? oldest.queuedAt() + LINGER - now : 0;
        return Math.max(linger, pausedUntil - now);
    }

    private List<Commit> group() {
        var group = new ArrayList<Commit>();
        long bytes = move(urgent, group, 0);
        boolean isPaused = !isHurried && closed == null && pausedUntil - System.nanoTime() > 0;
        if (!isPaused) {
            long before = bytes;
            bytes = move(deferred, group, bytes);
            deferredBytes -= bytes - before;
        }
        return group;
    }

    /// At least one change if the group is empty, then as many as fit.
    private static long move(Deque<Commit> from, List<Commit> to, long bytesBefore) {
        long bytes = bytesBefore;
        for (Commit next = from.peek(); next != null; next = from.peek()) {
            boolean fits = to.size() < MOST_CHANGES && bytes + next.bytes() <= MOST_BYTES;
            if (!fits && !to.isEmpty()) {
                return bytes;
            }
            bytes += next.bytes();
            to.add(from.remove());
        }
        return bytes;
    }
}
