package dev.whirl.controller.invoke;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.Activations;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waiting for a result. It may get lost on its way, so the store is asked now and then (row R-88), unless it can't
/// have the record (row I-50).
final class ResultWait {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWait.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    private final Activations activations;
    private final long lookNanos;

    ResultWait(Activations activations) {
        this(activations, BETWEEN_LOOKS);
    }

    ResultWait(Activations activations, Duration betweenLooks) {
        this.activations = activations;
        this.lookNanos = betweenLooks.toNanos();
    }

    /// @param deadlineNanos on the scale of [System#nanoTime()]
    Optional<Activation> await(Ticket ticket, Invocation invocation, long deadlineNanos) throws InterruptedException {
        while (true) {
            long nextLook = System.nanoTime() + lookNanos;
            boolean isLast = nextLook - deadlineNanos >= 0;
            Optional<Activation> result = ticket.await(isLast ? deadlineNanos : nextLook);
            if (result.isPresent() || isLast) {
                return result;
            }
            Optional<Activation> stored = look(invocation);
            if (stored.isPresent()) {
                return stored;
            }
        }
    }

    /// A store that can't be read is no reason to stop waiting.
    private Optional<Activation> look(Invocation invocation) {
        try {
            return stored(invocation);
        } catch (StoreException e) {
            LOG.atDebug().addKeyValue("activation", invocation.id()).setCause(e).log("a record can't be looked for");
            return Optional.empty();
        }
    }

    /// What the store has by now.
    Optional<Activation> stored(Invocation invocation) {
        return StorageRules.mayKeep(invocation)
                ? activations.find(invocation.caller().namespace().name(), invocation.id())
                : Optional.empty();
    }
}
