package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what was accepted in an earlier life of the server to its end (design, decision 7): what may have
/// started gets a record that says so, everything else is sent again.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /// Between two looks for room, in case that too many others wait already.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final InvocationJournal journal;
    private final Activations activations;
    private final ActionCache actions;
    private final Dispatch dispatch;
    private final InFlight inFlight;
    private final InstantSource clock;

    Recovery(
            InvocationJournal journal,
            Activations activations,
            ActionCache actions,
            Dispatch dispatch,
            InFlight inFlight,
            InstantSource clock) {
        this.journal = journal;
        this.activations = activations;
        this.actions = actions;
        this.dispatch = dispatch;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /// Writes the records of what may have started. Call before new work comes in.
    ///
    /// @return what is to be sent again, oldest first
    List<Invocation> settle() {
        var again = new ArrayList<Invocation>();
        int lost = 0;
        for (InvocationJournal.Entry each : journal.unfinished()) {
            if (each.mayHaveStarted()) {
                activations.record(FailureRecord.lost(each.invocation(), action(each.invocation())));
                lost++;
            } else {
                again.add(each.invocation());
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

    /// Sends invocations again as invokers have room. Ends when all are sent, or by an interrupt: then the rest
    /// stays in the journal.
    void send(List<Invocation> invocations) throws InterruptedException {
        for (Invocation each : invocations) {
            try {
                sendAgain(each);
            } catch (StoreException e) {
                logUnsent(each, e); // stays in the journal; the others must not wait for it
            }
        }
    }

    private void sendAgain(Invocation invocation) throws InterruptedException {
        Optional<CallableAction> action = actions.find(invocation.action());
        if (action.isPresent()) {
            sendOne(invocation, action.get());
        } else {
            activations.record(FailureRecord.actionGone(invocation, clock.instant()));
        }
    }

    private void sendOne(Invocation invocation, CallableAction action) throws InterruptedException {
        Optional<InvokerId> invoker = Optional.empty();
        while (invoker.isEmpty()) {
            invoker = dispatch.tryPlace(action.placement());
            if (invoker.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
        inFlight.enterAnyway(invocation.caller().namespace().uuid());
        try {
            dispatch.send(invocation, invoker.get(), action);
        } catch (RuntimeException e) {
            logUnsent(invocation, e);
            activations.record(FailureRecord.notSent(invocation, action.action(), clock.instant()));
        }
    }

    private @org.jspecify.annotations.Nullable Action action(Invocation invocation) {
        try {
            return actions.find(invocation.action()).map(CallableAction::action).orElse(null);
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("action", invocation.action()).setCause(e).log("an action can't be read");
            return null;
        }
    }

    private static void logUnsent(Invocation invocation, RuntimeException e) {
        LOG.atWarn()
                .addKeyValue("transaction", invocation.transaction())
                .addKeyValue("activation", invocation.id())
                .setCause(e)
                .log("could not send an accepted invocation again");
    }
}
