package dev.whirl.controller.invoke;

import dev.whirl.common.time.LongWait;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A wait for one result. One thread waits at a time; another one may take over.
final class Ticket implements AutoCloseable {
    private final PendingResults results;
    private final ActivationId id;
    private volatile Thread waiter = Thread.currentThread();
    private volatile @Nullable Activation result;

    Ticket(PendingResults results, ActivationId id) {
        this.results = results;
        this.id = id;
    }

    void complete(Activation activation) {
        result = activation;
        LockSupport.unpark(waiter);
    }

    /// Waits until the result is there or the time is over.
    ///
    /// @param deadlineNanos on the scale of [System#nanoTime()]
    Optional<Activation> await(long deadlineNanos) throws InterruptedException {
        waiter = Thread.currentThread();
        while (result == null) {
            if (deadlineNanos - System.nanoTime() <= 0) {
                break;
            }
            LongWait.park(this, deadlineNanos);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return Optional.ofNullable(result);
    }

    /// The result if it is there by now.
    Optional<Activation> poll() {
        return Optional.ofNullable(result);
    }

    @Override
    public void close() {
        results.close(id);
    }
}
