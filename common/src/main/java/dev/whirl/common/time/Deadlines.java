package dev.whirl.common.time;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose time is over, under whoever reads or writes on them: one thread that looks while there are
/// any. A timer for each call would cost more than the call's own work.
public final class Deadlines implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int IDLE_TICKS_BEFORE_PARKING = 100;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean isParked;
    private volatile boolean isClosed;

    private Deadlines(String name) {
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::loop);
    }

    /// Starts the thread; it ends with [#close].
    ///
    /// @param name of the thread
    public static Deadlines started(String name) {
        var deadlines = new Deadlines(name);
        deadlines.thread.start();
        return deadlines;
    }

    /// One connection that is closed at its deadline, unless this is closed before.
    public final class Watch implements AutoCloseable {
        private final Closeable connection;
        private final long deadlineNanos;
        private volatile boolean hasExpired;

        private Watch(Closeable connection, long deadlineNanos) {
            this.connection = connection;
            this.deadlineNanos = deadlineNanos;
        }

        /// Whether it was the deadline that ended the connection.
        public boolean hasExpired() {
            return hasExpired || System.nanoTime() - deadlineNanos >= 0;
        }

        @Override
        public void close() {
            watches.remove(this);
        }

        private void expire() {
            hasExpired = true;
            watches.remove(this);
            try {
                connection.close();
            } catch (IOException | RuntimeException e) { // the others need this thread
                log.atDebug().setCause(e).log("closing a connection at its deadline failed");
            }
        }
    }

    /// @param deadlineNanos as of [System#nanoTime]
    public Watch watch(Closeable connection, long deadlineNanos) {
        var watch = new Watch(connection, deadlineNanos);
        watches.add(watch);
        if (isParked) {
            LockSupport.unpark(thread);
        }
        return watch;
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }

    private void loop() {
        int idleTicks = 0;
        while (!isClosed) {
            idleTicks = watches.isEmpty() ? idleTicks + 1 : 0;
            isParked = idleTicks > IDLE_TICKS_BEFORE_PARKING;
            if (isParked && watches.isEmpty()) {
                LockSupport.park();
            } else {
                LockSupport.parkNanos(TICK_NANOS);
            }
            isParked = false;
            long now = System.nanoTime();
            for (Watch each : watches) {
                if (now - each.deadlineNanos >= 0) {
                    each.expire();
                }
            }
        }
    }
}
