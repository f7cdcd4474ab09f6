package dev.whirl.controller.invoke;

import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs actions for users. Call on virtual threads.
public final class Invocations {
    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);

    private final SingleRuns singles;
    private final ComposedRuns composed;
    private final Retries retries;
    private final InvocationJournal journal;
    private final Outcomes outcomes;

    Invocations(
            SingleRuns singles, ComposedRuns composed, Retries retries, InvocationJournal journal, Outcomes outcomes) {
        this.singles = singles;
        this.composed = composed;
        this.retries = retries;
        this.journal = journal;
        this.outcomes = outcomes;
    }

    /// Runs the action and waits for its result, at most so long.
    ///
    /// @throws dev.whirl.model.ApiException 400, 403 or 503
    public InvokeOutcome runAndWait(InvokeCall call, Duration wait) throws InterruptedException {
        return isComposite(call) ? composed.runAndWait(call, wait) : singles.runAndWait(call, wait);
    }

    /// Accepts the call for good and sends it on its way. Durable on return.
    ///
    /// @throws dev.whirl.model.ApiException 400, 403 or 503
    public ActivationId accept(InvokeCall call) throws InterruptedException {
        Prepared prepared = prepare(call);
        try {
            journal.acceptAll(Retries.withSuccessor(prepared.invocation()), null);
        } catch (RuntimeException e) {
            giveUp(prepared);
            throw e;
        }
        dispatchAccepted(prepared);
        return prepared.invocation().id();
    }

    /// Gets a call ready to be accepted: arguments merged, a place found. Nothing is sent and nothing is durable yet.
    ///
    /// @throws dev.whirl.model.ApiException 400, 403 or 503
    public Prepared prepare(InvokeCall call) throws InterruptedException {
        return isComposite(call) ? composed.prepare(call) : singles.prepare(call);
    }

    /// Gives back what a call holds that is not to be accepted after all; its admission stays with who made the call.
    public void giveUp(Prepared prepared) {
        switch (prepared) {
            case Prepared.Single single -> singles.giveUp(single);
            case Prepared.Composed composite -> composite.room().close();
        }
    }

    /// Sends what is in the journal on its way, and takes over its admission.
    ///
    /// @throws RuntimeException if the bus does not take it: then it has a record that says so
    public void dispatchAccepted(Prepared prepared) {
        retries.accepted(prepared.invocation());
        switch (prepared) {
            case Prepared.Single single -> singles.send(single);
            case Prepared.Composed composite -> composed.start(composite);
        }
        outcomes.accepted();
    }

    /// Accepts several calls and a record that tells of them, all or none, and sends them on their way. Durable on
    /// return. If it fails, the calls are as they were; one that can't be sent has a record that says so.
    ///
    /// @param record null if none is to be kept
    public void acceptAll(List<Prepared> calls, @Nullable Activation record) {
        List<Invocation> all = calls.stream()
                .flatMap(each -> Retries.withSuccessor(each.invocation()).stream())
                .toList();
        journal.acceptAll(all, record);
        for (Prepared each : calls) {
            try {
                dispatchAccepted(each);
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("transaction", each.invocation().transaction())
                        .addKeyValue("activation", each.invocation().id())
                        .setCause(e)
                        .log("an accepted invocation could not be sent");
            }
        }
    }

    private static boolean isComposite(InvokeCall call) {
        return Compositions.isComposite(call.action().action());
    }
}
