package dev.whirl.invoker;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Writes what becomes of invocations, and goes on trying where the store can't write: after each failure a longer
/// pause, up to five seconds, until it is written or the invoker stops. What an accepted invocation has in the journal
/// stays
/// there then, and says truly that it may have been running.
///
/// Memory is bounded: where too much waits already, an accepted invocation waits with its sandbox, so that no more is
/// begun than can be recorded; what was never promised is given up instead. `lock` guards all fields.
final class RecordKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE_AT_END = Duration.ofSeconds(2).toNanos();

    private enum Attempt {
        WRITTEN,
        FAILED,
        HOPELESS
    }

    private record Outstanding(Invocation invocation, long bytes, Runnable write) {
        ActivationId id() {
            return invocation.id();
        }
    }

    private final long mostBytes;
    private final Predicate<Invocation> promises;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Outstanding> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean isTrying;
    private boolean isEnding;

    /// @param mostBytes of what waits for the store; one thing may always wait, however large
    /// @param promises whether a 202 was given for an invocation
    RecordKeeper(long mostBytes, Predicate<Invocation> promises) {
        this.mostBytes = mostBytes;
        this.promises = promises;
    }

    /// Writes, or sees to it that it is written as soon as the store can.
    ///
    /// @param bytes about how much memory it takes while it waits
    /// @return whether it is written now
    boolean keep(Invocation invocation, long bytes, Runnable write) {
        var outstanding = new Outstanding(invocation, bytes, write);
        return switch (attempt(outstanding)) {
            case WRITTEN -> true;
            case HOPELESS -> false;
            case FAILED -> {
                queue(outstanding);
                yield false;
            }
        };
    }

    /// How much waits for the store.
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// The invoker stops: nobody waits for room any more, and what waits is tried once more.
    void ending() {
        lock.lock();
        try {
            isEnding = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits a bounded time for the last attempts.
    @Override
    public void close() {
        ending();
        long left = PATIENCE_AT_END;
        lock.lock();
        try {
            while (isTrying && left > 0) {
                left = changed.awaitNanos(left);
            }
            waiting.forEach(RecordKeeper::logLeft);
            waiting.clear();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void queue(Outstanding outstanding) {
        boolean isPromised = promises.test(outstanding.invocation());
        lock.lock();
        try {
            if (hasRoomFor(outstanding, isPromised)) {
                waiting.addLast(outstanding);
                waitingBytes += outstanding.bytes();
                if (!isTrying) {
                    isTrying = true;
                    Thread.ofVirtual().name("records-again").start(this::tryAgain);
                }
            } else {
                logLeft(outstanding);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for room where something was promised.
    private boolean hasRoomFor(Outstanding outstanding, boolean isPromised) {
        while (!isEnding && !waiting.isEmpty() && waitingBytes + outstanding.bytes() > mostBytes) {
            if (!isPromised) {
                return false;
            }
            changed.awaitUninterruptibly();
        }
        return !isEnding;
    }

    private void tryAgain() {
        long pause = FIRST_PAUSE;
        for (Outstanding next = nextAfter(pause); next != null; next = nextAfter(pause)) {
            boolean isOver = attempt(next) != Attempt.FAILED;
            settle(next, isOver);
            pause = isOver ? 0 : Math.clamp(2 * pause, FIRST_PAUSE, LONGEST_PAUSE);
        }
    }

    /// What is to be tried next; null if nothing is left, and then this thread ends.
    private @Nullable Outstanding nextAfter(long pauseNanos) {
        Outstanding next = null;
        lock.lock();
        try {
            long left = pauseNanos;
            while (left > 0 && !isEnding) {
                left = changed.awaitNanos(left);
            }
            next = waiting.peekFirst();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            isTrying = next != null;
            changed.signalAll();
            lock.unlock();
        }
        return next;
    }

    /// Takes out what is over and done with. What failed goes to the end: it may be the only one that can't be written.
    private void settle(Outstanding outstanding, boolean isOver) {
        lock.lock();
        try {
            if (!waiting.remove(outstanding)) {
                return;
            }
            if (isOver || isEnding) {
                waitingBytes -= outstanding.bytes();
                changed.signalAll();
            } else {
                waiting.addLast(outstanding);
            }
            if (!isOver && isEnding) {
                logLeft(outstanding);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Attempt attempt(Outstanding outstanding) {
        try {
            outstanding.write().run();
            return Attempt.WRITTEN;
        } catch (StoreException.Unavailable e) {
            log(LOG.atWarn(), outstanding).addKeyValue("reason", e.getMessage()).log("A record can't be written now");
            return Attempt.FAILED;
        } catch (RuntimeException | Error e) { // the thread that tries for all must outlive it
            log(LOG.atError(), outstanding).setCause(e).log("A record can't be written at all");
            return Attempt.HOPELESS;
        }
    }

    private static void logLeft(Outstanding outstanding) {
        log(LOG.atError(), outstanding)
                .addKeyValue("accepted", outstanding.invocation().isAccepted())
                .log("A record was not written; if its call was accepted, the next start writes one");
    }

    private static LoggingEventBuilder log(LoggingEventBuilder event, Outstanding outstanding) {
        return event.addKeyValue("transaction", outstanding.invocation().transaction())
                .addKeyValue("activation", outstanding.id());
    }
}
