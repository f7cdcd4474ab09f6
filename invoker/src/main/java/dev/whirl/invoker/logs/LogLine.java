package dev.whirl.invoker.logs;

import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of log lines to one target: what waits for it, and the thread that brings it there. While the target can't
/// take them they wait, up to 8 MB; more is dropped, and whatever never arrives is counted. The lock guards the fields
/// that change.
final class LogLine {
    private static final Logger LOG = LoggerFactory.getLogger(LogLine.class);
    private static final long MOST_WAITING_BYTES = 8L * 1024 * 1024;
    private static final int MOST_AT_A_TIME = 256 * 1024;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    /// Whole lines, each of them ended. Nobody changes the bytes.
    static final class Entries {
        private final byte[] bytes;
        private final int count;

        /// @param count how many lines
        Entries(byte[] bytes, int count) {
            this.bytes = bytes;
            this.count = count;
        }
    }

    private final String name;
    private final LogTarget target;
    private final Counter dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entries> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private boolean isEnding;

    /// @param name of the target, for messages
    /// @param target is closed at the end
    /// @param dropped counts the lines that never arrive
    LogLine(String name, LogTarget target, Counter dropped) {
        this.name = name;
        this.target = target;
        this.dropped = dropped;
        this.thread = Thread.ofPlatform().daemon().name("logs-" + name).start(this::run);
    }

    /// Returns at once.
    void add(Entries entries) {
        lock.lock();
        try {
            if (isEnding || waitingBytes + entries.bytes.length > MOST_WAITING_BYTES) {
                dropped.increment(entries.count);
                return;
            }
            waiting.addLast(entries);
            waitingBytes += entries.bytes.length;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until what is there is where it belongs, for two seconds at most.
    void end() throws InterruptedException {
        lock.lock();
        try {
            isEnding = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (!thread.join(PATIENCE_AT_END)) {
            thread.interrupt();
            closeTarget(); // wakes a thread that waits for the other end of a connection
        }
    }

    private void run() {
        try {
            for (Entries next = next(); next.count > 0; next = next()) {
                bring(next);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            dropRest();
            closeTarget();
        }
    }

    /// Tries until it is written, or the end has come.
    private void bring(Entries entries) throws InterruptedException {
        boolean isWritten = false;
        try {
            isWritten = isWritten(entries, false);
            while (!isWritten && !awaitEnd(PAUSE)) {
                isWritten = isWritten(entries, true);
            }
        } finally {
            if (!isWritten) {
                dropped.increment(entries.count);
            }
        }
    }

    private boolean isWritten(Entries entries, boolean wasAway) {
        try {
            target.write(entries.bytes);
            if (wasAway) {
                LOG.atInfo().addKeyValue("target", name).log("Logs of activations are taken again");
            }
            return true;
        } catch (IOException | RuntimeException e) { // no fault of a target may end the way to it
            if (!wasAway) {
                LOG.atWarn()
                        .addKeyValue("target", name)
                        .addKeyValue("reason", e.toString())
                        .log("Logs of activations can't be written there now, and wait");
            }
            return false;
        }
    }

    /// @return whether no more lines come
    private boolean awaitEnd(Duration most) throws InterruptedException {
        long nanos = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (!isEnding && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return isEnding;
        } finally {
            lock.unlock();
        }
    }

    /// As much as waits, up to a bound; nothing at the end.
    private Entries next() throws InterruptedException {
        var batch = new ByteArrayOutputStream();
        int count = 0;
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !isEnding) {
                changed.await();
            }
            while (!waiting.isEmpty() && batch.size() < MOST_AT_A_TIME) {
                Entries each = waiting.removeFirst();
                waitingBytes -= each.bytes.length;
                batch.writeBytes(each.bytes);
                count += each.count;
            }
        } finally {
            lock.unlock();
        }
        return new Entries(batch.toByteArray(), count);
    }

    private void dropRest() {
        lock.lock();
        try {
            isEnding = true;
            waiting.forEach(each -> dropped.increment(each.count));
            waiting.clear();
            waitingBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    private void closeTarget() {
        try {
            target.close();
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("target", name).setCause(e).log("Logs could not be ended cleanly");
        }
    }
}
