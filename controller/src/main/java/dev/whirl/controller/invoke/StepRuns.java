package dev.whirl.controller.invoke;

import dev.whirl.controller.access.InFlight;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.invoke.compose.Steps;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import java.util.Optional;

/// Steps of sequences and compositions: as single actions, but nobody is asked whether they may run (trap 16).
final class StepRuns implements Steps {
    private final NewInvocations invocations;
    private final Dispatch dispatch;
    private final PendingResults pending;
    private final ResultWait results;
    private final InFlight inFlight;

    StepRuns(
            NewInvocations invocations,
            Dispatch dispatch,
            PendingResults pending,
            ResultWait results,
            InFlight inFlight) {
        this.invocations = invocations;
        this.dispatch = dispatch;
        this.pending = pending;
        this.results = results;
        this.inFlight = inFlight;
    }

    @Override
    public Step begin(StepCall call) throws InterruptedException {
        Invocation invocation = invocations.step(call);
        InvokerId invoker = dispatch.place(invocation, call.action());
        Ticket ticket = pending.open(invocation.id()); // before publishing: the result may win the race
        try {
            inFlight.enterAnyway(call.caller().namespace().uuid());
            dispatch.send(invocation, invoker, call.action());
        } catch (RuntimeException e) {
            ticket.close();
            throw e;
        }
        return new UnderWay(ticket, invocation.withoutArguments(), results);
    }

    @Override
    public void prepare(TransactionId transaction, Identity caller, CallableAction next) {
        dispatch.prepare(transaction, caller.namespace(), next);
    }

    private record UnderWay(Ticket ticket, Invocation invocation, ResultWait results) implements Step {
        @Override
        public ActivationId id() {
            return invocation.id();
        }

        @Override
        public Optional<Activation> await(long deadlineNanos) throws InterruptedException {
            return results.await(ticket, invocation, deadlineNanos);
        }

        @Override
        public void close() {
            ticket.close();
        }
    }
}
