package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Directory;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.entity.Action;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what was accepted in an earlier life of the server to its end (design, decision 7): what may have
/// started gets a record that says so, everything else is sent again.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /// Between two looks for room, in case that too many others wait already.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// Until the store is asked again that could not answer.
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private static final int PAGE = 200;

    private final InvocationJournal journal;
    private final Activations activations;
    private final Directory directory;
    private final Dispatch dispatch;
    private final InFlight inFlight;
    private final ComposedRuns composed;
    private final InstantSource clock;

    Recovery(
            InvocationJournal journal,
            Activations activations,
            Directory directory,
            Dispatch dispatch,
            InFlight inFlight,
            ComposedRuns composed,
            InstantSource clock) {
        this.journal = journal;
        this.activations = activations;
        this.directory = directory;
        this.dispatch = dispatch;
        this.inFlight = inFlight;
        this.composed = composed;
        this.clock = clock;
    }

    /// Writes the records of what may have started. Call before new work comes in.
    ///
    /// @return what is to be sent again, oldest first
    List<ActivationId> settle() {
        var again = new ArrayList<ActivationId>();
        int lost = 0;
        for (var page = journal.unfinished(null, PAGE);
                !page.isEmpty();
                page = journal.unfinished(page.getLast(), PAGE)) {
            for (InvocationJournal.Entry each : page) {
                if (each.mayHaveStarted()) {
                    end(each.invocation(), FailureRecord.lost(each.invocation(), action(each.invocation())));
                    lost++;
                } else {
                    again.add(each.invocation().id());
                }
            }
        }
        if (lost + again.size() > 0) {
            LOG.atInfo()
                    .addKeyValue("lost", lost)
                    .addKeyValue("sentAgain", again.size())
                    .log("took up what was accepted before the last stop");
        }
        return again;
    }

    /// Sends invocations again as invokers have room; reads each only then, as arguments may be large. Ends when all
    /// are sent, or by an interrupt: then the rest stays in the journal.
    void send(List<ActivationId> ids) throws InterruptedException {
        for (ActivationId id : ids) {
            while (!isTakenUp(id)) {
                Thread.sleep(STORE_PAUSE);
            }
        }
    }

    /// @return false if the store can't be read or written now; nothing was begun then
    private boolean isTakenUp(ActivationId id) throws InterruptedException {
        try {
            Optional<InvocationJournal.Entry> entry = journal.find(id);
            if (entry.isPresent()) {
                sendOrEnd(entry.get().invocation());
            }
            return true;
        } catch (StoreException.Unavailable e) {
            logUnsent(id, e);
            return false;
        } catch (RuntimeException e) {
            logUnsent(id, e); // stays in the journal; the others must not wait for it
            return true;
        }
    }

    private void sendOrEnd(Invocation invocation) throws InterruptedException {
        try {
            sendAgain(invocation);
        } catch (StoreException.Corrupted e) {
            logUnsent(invocation.id(), e);
            end(invocation, FailureRecord.unreadable(invocation, clock.instant()));
        }
    }

    private void sendAgain(Invocation invocation) throws InterruptedException {
        Optional<CallableAction> action = current(invocation);
        if (action.isPresent() && Compositions.isComposite(action.get().action())) {
            startOne(invocation, action.get().action());
        } else if (action.isPresent()) {
            sendOne(invocation, action.get());
        } else {
            end(invocation, FailureRecord.actionGone(invocation, clock.instant()));
        }
    }

    private void sendOne(Invocation invocation, CallableAction action) throws InterruptedException {
        Optional<InvokerId> invoker = Optional.empty();
        while (invoker.isEmpty()) {
            if (dispatch.hasRoomFor(invocation.arguments().sizeBytes())) {
                invoker = dispatch.tryPlace(action.placement()
                        .by(invocation.caller().namespace().name().value()));
            }
            if (invoker.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
        inFlight.enterAnyway(invocation.caller().namespace().uuid());
        try {
            dispatch.send(invocation, invoker.get(), action);
        } catch (RuntimeException e) {
            logUnsent(invocation.id(), e);
            end(invocation, FailureRecord.notSent(invocation, action.action(), clock.instant()));
        }
    }

    /// Its steps wait for room, but not for invokers that have yet to come.
    private void startOne(Invocation invocation, Action action) throws InterruptedException {
        while (!dispatch.hasInvokers()) {
            Thread.sleep(PAUSE);
        }
        while (true) {
            try {
                composed.startAgain(invocation);
                return;
            } catch (ApiException e) {
                if (e.code() != ErrorCode.OVERLOADED) {
                    end(invocation, FailureRecord.refused(invocation, action, e.sentence(), clock.instant()));
                    return;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /// With a record, unless its namespace wants none (row R-139).
    private void end(Invocation invocation, Activation record) {
        if (StorageRules.mayKeep(invocation)) {
            activations.record(record);
        } else {
            journal.discard(invocation.id());
        }
    }

    private @Nullable Action action(Invocation invocation) {
        try {
            return current(invocation).map(CallableAction::action).orElse(null);
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("action", invocation.action()).setCause(e).log("an action can't be read");
            return null;
        }
    }

    /// Empty if it is gone, also if something else has its name by now.
    private Optional<CallableAction> current(Invocation invocation) {
        return directory
                .find(invocation.action())
                .flatMap(known -> known instanceof CallableAction action ? Optional.of(action) : Optional.empty());
    }

    private static void logUnsent(ActivationId id, RuntimeException e) {
        LOG.atWarn().addKeyValue("activation", id).setCause(e).log("could not send an accepted invocation again");
    }
}
