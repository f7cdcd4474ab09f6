package dev.whirl.store;

import dev.whirl.model.ActivationMessages;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Writes what becomes of invocations, and goes on trying where the store can't write: after each failure a longer
/// pause, up to five seconds, until it is written or the process stops. What an accepted invocation has in the journal
/// stays there then, and says truly that it may have been running.
///
/// Memory is bounded: where too much waits already, an accepted invocation waits with what it holds, its sandbox or its
/// place among the compositions, so that no more is begun than can be recorded; what was never promised is given up
/// instead. `lock` guards all fields that change.
public final class RecordKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeper.class);
    private static final long MOST_WAITING_BYTES = 32L * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 2048;
    private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final long PATIENCE_AT_END = Duration.ofSeconds(2).toNanos();

    private enum Attempt {
        WRITTEN,
        FAILED,
        HOPELESS
    }

    /// @param instead what is done if this can't be written, whatever the store does; null if there is nothing
    private record Outstanding(
            Invocation invocation,
            long bytes,
            Runnable write,
            @Nullable Runnable instead) {
        ActivationId id() {
            return invocation.id();
        }
    }

    private final StorageRules rules;
    private final Activations activations;
    private final InvocationJournal journal;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Outstanding> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean isTrying;
    private boolean isEnding;

    /// @param rules which records are kept
    public RecordKeeper(StorageRules rules, Activations activations, InvocationJournal journal) {
        this(rules, activations, journal, MOST_WAITING_BYTES);
    }

    /// @param mostBytes of what waits for the store; one thing may always wait, however large
    RecordKeeper(StorageRules rules, Activations activations, InvocationJournal journal, long mostBytes) {
        this.rules = rules;
        this.activations = activations;
        this.journal = journal;
        this.mostBytes = mostBytes;
    }

    /// Whether a record with this outcome is kept (row R-139).
    public boolean isWanted(Invocation invocation, Activation activation) {
        return rules.keeps(invocation, activation.response().status());
    }

    /// Keeps the record of an invocation, or of a part of it, if it is to be kept; later if it can't be done now. One
    /// that is not to be kept only takes the invocation out of the journal.
    ///
    /// @return whether it is done now
    public boolean keep(Invocation invocation, Activation activation) {
        if (isWanted(invocation, activation)) {
            return keep(new Outstanding(
                    invocation,
                    sizeBytes(activation),
                    () -> activations.record(activation),
                    () -> keepBare(invocation, activation)));
        }
        if (rules.logsSkipped()) {
            LOG.atInfo()
                    .addKeyValue("transaction", invocation.transaction())
                    .addKeyValue("activation", activation.id())
                    .addKeyValue("namespace", invocation.caller().namespace().name())
                    .log("A record is not stored, as its namespace or the settings want it");
        }
        return !activation.id().equals(invocation.id()) || discard(invocation);
    }

    /// Takes an invocation out of the journal that leaves no record.
    ///
    /// @return whether it is done now
    public boolean discard(Invocation invocation) {
        return keep(invocation, OVERHEAD_BYTES, () -> journal.discard(invocation.id()));
    }

    /// A record that can't be written leaves one that says so: its invocation must not stay open, for whoever follows
    /// it would do so for ever.
    private void keepBare(Invocation invocation, Activation activation) {
        try {
            activations.record(activation
                    .withLogs(List.of())
                    .withResponse(ActivationResponse.failure(
                            ActivationResponse.Status.WHISK_ERROR, ActivationMessages.RECORD_UNWRITABLE)));
        } catch (StoreException.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("activation", activation.id()).setCause(e).log("An activation leaves no record");
            if (activation.id().equals(invocation.id())) {
                journal.discard(invocation.id());
            }
        }
    }

    private static long sizeBytes(Activation activation) {
        long bytes = OVERHEAD_BYTES + activation.annotations().sizeBytes();
        RawJson result = activation.response().result();
        for (String line : activation.logs()) {
            bytes += 2L * line.length();
        }
        return result == null ? bytes : bytes + result.sizeBytes();
    }

    /// A blocking call may have become a 202 meanwhile. Where that can't be told it counts as promised.
    private boolean isPromised(Invocation invocation) {
        try {
            return invocation.isAccepted() || journal.find(invocation.id()).isPresent();
        } catch (StoreException _) {
            return true;
        }
    }

    /// Writes, or sees to it that it is written as soon as the store can.
    ///
    /// @param bytes about how much memory it takes while it waits
    /// @return whether it is written now
    boolean keep(Invocation invocation, long bytes, Runnable write) {
        return keep(new Outstanding(invocation, bytes, write, null));
    }

    private boolean keep(Outstanding outstanding) {
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

    /// The process stops: nobody waits for room any more, and what waits is tried once more.
    public void ending() {
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
        boolean isPromised = isPromised(outstanding.invocation());
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
        Runnable instead = outstanding.instead();
        Attempt attempt = attempt(outstanding, outstanding.write());
        return attempt == Attempt.HOPELESS && instead != null ? attempt(outstanding, instead) : attempt;
    }

    private static Attempt attempt(Outstanding outstanding, Runnable write) {
        try {
            write.run();
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
