package dev.whirl.controller.invoke;

import dev.whirl.controller.place.PlacementRequest;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.store.Activations;
import dev.whirl.store.InvocationJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs actions for users. Call on virtual threads.
public final class Invocations {
    /// A result may get lost on its way; the store is asked now and then while somebody waits (row R-88).
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ControllerId self;
    private final Dispatch dispatch;
    private final PendingResults pending;
    private final Activations activations;
    private final InvocationJournal journal;
    private final Outcomes outcomes;
    private final InstantSource clock;

    Invocations(
            ControllerId self,
            Dispatch dispatch,
            PendingResults pending,
            Activations activations,
            InvocationJournal journal,
            Outcomes outcomes,
            InstantSource clock) {
        this.self = self;
        this.dispatch = dispatch;
        this.pending = pending;
        this.activations = activations;
        this.journal = journal;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /// Runs the action and waits for its result, at most so long.
    public InvokeOutcome runAndWait(InvokeCall call, Duration wait) throws InterruptedException {
        Invocation invocation = invocation(call, true);
        PlacementRequest placement = call.action().placement();
        long start = System.nanoTime();
        try (Ticket ticket = pending.open(invocation.id())) { // before publishing: the result may win the race
            InvokerId invoker = dispatch.place(placement, invocation.arguments().sizeBytes());
            call.admission().handOver();
            dispatch.send(invocation, invoker, call.action());
            Optional<Activation> result = await(ticket, invocation, start + wait.toNanos());
            outcomes.waited(System.nanoTime() - start);
            return result.<InvokeOutcome>map(InvokeOutcome.Finished::new)
                    .orElseGet(() -> keepRunning(invocation, ticket));
        }
    }

    /// Accepts the call for good and sends it on its way. Durable on return.
    public ActivationId accept(InvokeCall call) throws InterruptedException {
        Invocation invocation = invocation(call, false);
        InvokerId invoker =
                dispatch.place(call.action().placement(), invocation.arguments().sizeBytes());
        try {
            journal.accept(invocation);
        } catch (RuntimeException e) {
            dispatch.giveUp(invoker, call.action().placement());
            throw e;
        }
        call.admission().handOver();
        sendAccepted(invocation, invoker, call.action());
        outcomes.accepted();
        return invocation.id();
    }

    /// Once it is in the journal it must end in a record, even if the bus does not take it.
    private void sendAccepted(Invocation invocation, InvokerId invoker, CallableAction action) {
        try {
            dispatch.send(invocation, invoker, action);
        } catch (RuntimeException e) {
            activations.record(FailureRecord.notSent(invocation, action.action(), clock.instant()));
            throw e;
        }
    }

    private Optional<Activation> await(Ticket ticket, Invocation invocation, long deadline)
            throws InterruptedException {
        while (true) {
            long nextLook = System.nanoTime() + LOOK_NANOS;
            boolean isLast = nextLook - deadline >= 0;
            Optional<Activation> result = ticket.await(isLast ? deadline : nextLook);
            if (result.isPresent() || isLast) {
                return result;
            }
            Optional<Activation> stored = stored(invocation);
            if (stored.isPresent()) {
                return stored;
            }
        }
    }

    private InvokeOutcome keepRunning(Invocation invocation, Ticket ticket) {
        journal.acceptRunning(accepted(invocation));
        Optional<Activation> late = ticket.poll().or(() -> stored(invocation));
        if (late.isPresent()) {
            journal.discard(invocation.id()); // it was not accepted after all, and maybe no record takes it out
            return new InvokeOutcome.Finished(late.get());
        }
        outcomes.stillRunning();
        return new InvokeOutcome.StillRunning(invocation.id());
    }

    private Optional<Activation> stored(Invocation invocation) {
        return activations.find(invocation.caller().namespace().name(), invocation.id());
    }

    private Invocation invocation(InvokeCall call, boolean isBlocking) {
        CallableAction action = call.action();
        return new Invocation(
                call.transaction(),
                ActivationId.random(),
                action.action().id(),
                action.revision().value(),
                call.caller(),
                Arguments.merge(action.action().parameters(), action.isFinal(), call.payload()),
                action.initArguments(),
                isBlocking,
                !isBlocking,
                null,
                self,
                clock.instant());
    }

    private static Invocation accepted(Invocation of) {
        return new Invocation(
                of.transaction(),
                of.id(),
                of.action(),
                of.revision(),
                of.caller(),
                of.arguments(),
                of.initArguments(),
                of.isBlocking(),
                true,
                of.cause(),
                of.replyTo(),
                of.createdAt());
    }
}
