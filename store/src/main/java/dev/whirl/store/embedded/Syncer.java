package dev.whirl.store.embedded;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Makes durable what was written: at once for those who wait for it, a moment later for what nobody waits for. It has
/// a thread of its own, so that writing goes on while a slow disk syncs: what was written survives the end of this
/// process, synced or not.
final class Syncer {
    /// How long the machine may be without power before what nobody waits for is safe.
    private static final Duration LATER = Duration.ofMillis(200);

    /// What is synced.
    interface Disk {
        void sync() throws RocksDBException;
    }

    /// Told on this thread how a sync ended.
    interface Listener {
        void synced(List<Commit> group, long startNanos);

        void failed(List<Commit> group, RocksDBException problem);
    }

    private record Group(List<Commit> commits, long startNanos) {}

    private final Disk disk;
    private final Listener listener;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private @Nullable Group awaited;
    private long laterAt;
    private boolean isDirty;
    private boolean isClosed;

    private Syncer(Disk disk, Listener listener) {
        this.disk = disk;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("store-sync").unstarted(this::run);
    }

    static Syncer start(Disk disk, Listener listener) {
        var syncer = new Syncer(disk, listener);
        syncer.thread.start();
        return syncer;
    }

    /// Syncs for a group that was written and waits. There is one at a time.
    ///
    /// @param startNanos when the group was begun
    void now(List<Commit> group, long startNanos) {
        lock.lock();
        try {
            awaited = new Group(group, startNanos);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Syncs soon.
    void later() {
        lock.lock();
        try {
            if (!isDirty) {
                isDirty = true;
                laterAt = System.nanoTime() + LATER.toNanos();
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Syncs what is there and stops.
    void stop() throws InterruptedException {
        lock.lock();
        try {
            isClosed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void run() {
        try {
            for (Optional<Group> next = take(); next.isPresent(); next = take()) {
                sync(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sync(Group group) {
        try {
            disk.sync();
            listener.synced(group.commits(), group.startNanos());
        } catch (RocksDBException e) {
            listener.failed(group.commits(), e);
        }
    }

    /// Waits until something is due; empty when this is closed and everything is synced.
    private Optional<Group> take() throws InterruptedException {
        lock.lock();
        try {
            while (awaited == null && !isClosed && !isLaterDue()) {
                if (isDirty) {
                    work.awaitNanos(laterAt - System.nanoTime());
                } else {
                    work.await();
                }
            }
            if (awaited == null && !isDirty) {
                return Optional.empty();
            }
            Group group = awaited == null ? new Group(List.of(), System.nanoTime()) : awaited;
            awaited = null;
            isDirty = false;
            return Optional.of(group);
        } finally {
            lock.unlock();
        }
    }

    private boolean isLaterDue() {
        return isDirty && laterAt - System.nanoTime() <= 0;
    }
}
