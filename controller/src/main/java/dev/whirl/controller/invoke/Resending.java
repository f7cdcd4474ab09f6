package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.Action;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends accepted invocations again as invokers have room, the oldest first. One that no invoker can take lets others
/// pass, and ends with a record when its time is over. Whoever uses it has a line of its own.
final class Resending {
    private static final Logger LOG = LoggerFactory.getLogger(Resending.class);

    /// Between two rounds in which nothing could be sent.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Until the store is asked again that could not answer.
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    /// Most that are read in vain in one round: arguments may be large.
    private static final int READ_IN_VAIN = 100;

    /// One in a line.
    ///
    /// @param deadline of its patience
    /// @param placement what it needs, once it was read; null before
    record Waiting(
            ActivationId id, Instant deadline, @Nullable PlacementRequest placement) {}

    /// What became of one.
    private sealed interface Turn {
        /// It was sent, or ended, or is there no more.
        record Over() implements Turn {}

        /// There is no place.
        ///
        /// @param placement what it needs; null if it is one of many actions
        record NoRoom(@Nullable PlacementRequest placement) implements Turn {}

        /// The store can't be read or written.
        record NoStore() implements Turn {}
    }

    private static final Turn OVER = new Turn.Over();
    private static final Turn NO_STORE = new Turn.NoStore();

    private final InvocationJournal journal;
    private final Recovery recovery;
    private final Dispatch dispatch;
    private final InFlight inFlight;
    private final ComposedRuns composed;
    private final Patience patience;
    private final InstantSource clock;

    /// @param clock for records
    Resending(
            InvocationJournal journal,
            Recovery recovery,
            Dispatch dispatch,
            InFlight inFlight,
            ComposedRuns composed,
            Patience patience,
            InstantSource clock) {
        this.journal = journal;
        this.recovery = recovery;
        this.dispatch = dispatch;
        this.inFlight = inFlight;
        this.composed = composed;
        this.patience = patience;
        this.clock = clock;
    }

    /// Ends when all are sent, or by an interrupt: then the rest stays in the journal. Reads each only when it may be
    /// sent, as arguments may be large.
    void send(List<ActivationId> ids) throws InterruptedException {
        var waiting = new ArrayDeque<Waiting>(ids.size());
        ids.forEach(each -> waiting.add(inLine(each)));
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            boolean hasStore = sendRound(waiting);
            if (!hasStore) {
                Thread.sleep(STORE_PAUSE);
            } else if (waiting.size() == before) {
                Thread.sleep(PAUSE);
            }
        }
    }

    /// From now on it waits for room.
    Waiting inLine(ActivationId id) {
        return new Waiting(id, patience.deadline(), null);
    }

    /// Takes what somebody else left. On return it is safe here; it is sent as soon as there is room.
    void takeUp(Invocation left) {
        Invocation invocation = keep(left);
        Thread.ofVirtual().name("taken-up").start(() -> {
            try {
                sendWhenPossible(invocation);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // the journal has it
            } catch (RuntimeException e) {
                logUnsent(invocation.id(), e);
            }
        });
    }

    /// What somebody else left is safe here on return, and accepted, whether a caller still waits for it or not: an
    /// invoker must not give it back to a controller that had sent it to another one.
    Invocation keep(Invocation left) {
        Invocation invocation = left.accepted();
        journal.acceptHere(invocation);
        return invocation;
    }

    private void sendWhenPossible(Invocation invocation) throws InterruptedException {
        Instant deadline = patience.deadline();
        while (!isTakenUp(invocation, deadline)) {
            Thread.sleep(PAUSE);
        }
    }

    /// Tries once to send what this controller has taken up.
    ///
    /// @param deadline of its patience
    /// @return whether that is decided: it was sent, or has its record
    boolean isTakenUp(Invocation invocation, Instant deadline) throws InterruptedException {
        try {
            boolean isTooLate = patience.isOver(deadline);
            if (invocation.attempt() != null && invocation.attempt().previous() != null) {
                return recovery.isDecided(invocation, isTooLate);
            }
            return !(sendOrEnd(invocation, isTooLate) instanceof Turn.NoRoom);
        } catch (StoreException.Unavailable e) {
            logUnsent(invocation.id(), e);
            Thread.sleep(STORE_PAUSE);
            return false;
        }
    }

    /// Writes the record of what somebody else may have run. Durable on return.
    Activation endLost(Invocation invocation) {
        return recovery.endLost(invocation);
    }

    /// Tries each once; what could not be sent stays, in its order.
    ///
    /// @return false if the store could not be used
    boolean sendRound(ArrayDeque<Waiting> waiting) throws InterruptedException {
        var later = new ArrayDeque<Waiting>();
        Set<PlacementRequest> refused = new HashSet<>();
        int inVain = 0;
        boolean hasStore = true;
        while (!waiting.isEmpty() && hasStore && inVain < READ_IN_VAIN) {
            Waiting next = waiting.removeFirst();
            boolean isTooLate = patience.isOver(next.deadline());
            if (next.placement() != null && refused.contains(next.placement()) && !isTooLate) {
                later.addLast(next); // its like found no room just now
                continue;
            }
            switch (attempt(next.id(), isTooLate)) {
                case Turn.Over _ -> {}
                case Turn.NoStore _ -> {
                    later.addLast(next);
                    hasStore = false;
                }
                case Turn.NoRoom(PlacementRequest placement) -> {
                    later.addLast(new Waiting(next.id(), next.deadline(), placement));
                    inVain++;
                    if (placement != null) {
                        refused.add(placement);
                    }
                }
            }
        }
        while (!later.isEmpty()) {
            waiting.addFirst(later.removeLast());
        }
        return hasStore;
    }

    private Turn attempt(ActivationId id, boolean isTooLate) throws InterruptedException {
        try {
            Optional<InvocationJournal.Entry> entry = journal.find(id);
            return entry.isEmpty() ? OVER : sendOrEnd(entry.get().invocation(), isTooLate);
        } catch (StoreException.Unavailable e) {
            logUnsent(id, e);
            return NO_STORE;
        } catch (RuntimeException e) {
            logUnsent(id, e); // stays in the journal; the others must not wait for it
            return OVER;
        }
    }

    private Turn sendOrEnd(Invocation invocation, boolean isTooLate) throws InterruptedException {
        try {
            Turn attempt = sendAgain(invocation);
            if (isTooLate && attempt instanceof Turn.NoRoom) {
                recovery.end(
                        invocation,
                        FailureRecord.noRoom(
                                invocation,
                                recovery.current(invocation)
                                        .map(CallableAction::action)
                                        .orElse(null),
                                patience.longest(),
                                clock.instant()));
                return OVER;
            }
            return attempt;
        } catch (StoreException.Corrupted e) {
            logUnsent(invocation.id(), e);
            recovery.end(invocation, FailureRecord.unreadable(invocation, clock.instant()));
            return OVER;
        }
    }

    private Turn sendAgain(Invocation invocation) throws InterruptedException {
        Optional<CallableAction> action = recovery.current(invocation);
        if (action.isEmpty()) {
            recovery.end(invocation, FailureRecord.actionGone(invocation, clock.instant()));
            return OVER;
        }
        return Compositions.isComposite(action.get().action())
                ? startOne(invocation, action.get().action())
                : sendOne(invocation, action.get());
    }

    private Turn sendOne(Invocation invocation, CallableAction action) throws InterruptedException {
        PlacementRequest placement =
                action.placement().by(invocation.caller().namespace().name().value());
        Optional<InvokerId> invoker = dispatch.hasRoomFor(invocation.arguments().sizeBytes())
                ? dispatch.placeNow(placement)
                : Optional.empty();
        if (invoker.isEmpty()) {
            return new Turn.NoRoom(placement);
        }
        if (!journal.sending(invocation.id())) {
            dispatch.giveUp(invoker.get(), placement);
            return OVER;
        }
        inFlight.enterAnyway(invocation.caller().namespace().uuid());
        try {
            dispatch.send(invocation, invoker.get(), action);
            journal.sent(invocation.id());
        } catch (RuntimeException e) {
            logUnsent(invocation.id(), e);
            if (Dispatch.mayHaveArrived(e)) {
                return OVER; // then its invoker writes the record
            }
            recovery.end(invocation, FailureRecord.notSent(invocation, action.action(), clock.instant()));
        }
        return OVER;
    }

    /// Its steps wait for room, but not for invokers that have yet to come.
    private Turn startOne(Invocation invocation, Action action) {
        if (!dispatch.hasInvokers()) {
            return new Turn.NoRoom(null);
        }
        try {
            composed.startAgain(invocation);
        } catch (ApiException e) {
            if (e.code() == ErrorCode.OVERLOADED) {
                return new Turn.NoRoom(null);
            }
            recovery.end(invocation, FailureRecord.refused(invocation, action, e.sentence(), clock.instant()));
        }
        return OVER;
    }

    private static void logUnsent(ActivationId id, RuntimeException e) {
        LOG.atWarn().addKeyValue("activation", id).setCause(e).log("could not send an accepted invocation again");
    }
}
