package dev.whirl.controller.invoke;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.entity.Action;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.InvocationJournal;
import dev.whirl.store.RecordKeeper;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// One action on an invoker.
final class SingleRuns {
    private final NewInvocations invocations;
    private final Dispatch dispatch;
    private final PendingResults pending;
    private final ResultWait results;
    private final InvocationJournal journal;
    private final RecordKeeper keeper;
    private final Consumer<Activation> ended;
    private final Outcomes outcomes;

    SingleRuns(
            NewInvocations invocations,
            Dispatch dispatch,
            PendingResults pending,
            ResultWait results,
            InvocationJournal journal,
            RecordKeeper keeper,
            Consumer<Activation> ended,
            Outcomes outcomes) {
        this.invocations = invocations;
        this.dispatch = dispatch;
        this.pending = pending;
        this.results = results;
        this.journal = journal;
        this.keeper = keeper;
        this.ended = ended;
        this.outcomes = outcomes;
    }

    InvokeOutcome runAndWait(InvokeCall call, Duration wait) throws InterruptedException {
        Invocation invocation = invocations.single(call, true);
        long start = System.nanoTime();
        try (Ticket ticket = pending.open(invocation.id())) { // before publishing: the result may win the race
            InvokerId invoker = dispatch.place(invocation, call.action());
            call.admission().handOver();
            dispatch.send(invocation, invoker, call.action());
            Optional<Activation> result = results.await(ticket, invocation, start + wait.toNanos());
            outcomes.waited(System.nanoTime() - start);
            return result.<InvokeOutcome>map(InvokeOutcome.Finished::new)
                    .orElseGet(() -> keepRunning(invocation, ticket));
        }
    }

    Prepared.Single prepare(InvokeCall call) throws InterruptedException {
        Invocation invocation = invocations.retried(call);
        InvokerId invoker = dispatch.place(invocation, call.action());
        return new Prepared.Single(call, invocation, invoker);
    }

    void giveUp(Prepared.Single prepared) {
        dispatch.giveUp(prepared.place(), prepared.call().action().placement());
    }

    /// Once it is in the journal it must end in a record, even if the bus does not take it; later if the store can't
    /// take that now.
    void send(Prepared.Single accepted) {
        Invocation invocation = accepted.invocation();
        accepted.call().admission().handOver();
        try {
            dispatch.send(invocation, accepted.place(), accepted.call().action());
        } catch (RuntimeException e) {
            if (Dispatch.mayHaveArrived(e)) {
                throw e; // then its invoker writes the record
            }
            Action action = accepted.call().action().action();
            Activation record = FailureRecord.notSent(invocation, action, invocations.now());
            var _ = keeper.keep(invocation, record);
            ended.accept(record);
            throw e;
        }
    }

    private InvokeOutcome keepRunning(Invocation invocation, Ticket ticket) {
        journal.acceptRunning(invocation.accepted());
        Optional<Activation> late = ticket.poll().or(() -> results.stored(invocation));
        if (late.isPresent()) {
            journal.discard(invocation.id()); // it was not accepted after all, and maybe no record takes it out
            return new InvokeOutcome.Finished(late.get());
        }
        outcomes.stillRunning();
        return new InvokeOutcome.StillRunning(invocation.id());
    }
}
