package dev.whirl.controller.invoke;

import dev.whirl.controller.invoke.CompositionRoom.Held;
import dev.whirl.controller.invoke.compose.Compositions;
import dev.whirl.controller.invoke.compose.Execution;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.Invocation;
import dev.whirl.store.InvocationJournal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sequences and compositions: on the thread of a caller as long as he waits, then or else on one of their own. An
/// accepted one is in the journal once, as itself; its steps are not.
final class ComposedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(ComposedRuns.class);

    /// How often the room that one takes is looked at while it runs without a caller.
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final NewInvocations invocations;
    private final Compositions compositions;
    private final CompositionRoom room;
    private final InvocationJournal journal;
    private final Outcomes outcomes;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    ComposedRuns(
            NewInvocations invocations,
            Compositions compositions,
            CompositionRoom room,
            InvocationJournal journal,
            Outcomes outcomes) {
        this.invocations = invocations;
        this.compositions = compositions;
        this.room = room;
        this.journal = journal;
        this.outcomes = outcomes;
    }

    InvokeOutcome runAndWait(InvokeCall call, Duration wait) throws InterruptedException {
        Prepared.Composed prepared = prepare(call, true);
        call.admission().close(); // its steps count, not itself
        long start = System.nanoTime();
        Optional<Activation> record = Optional.empty();
        boolean goesOn = false;
        try {
            record = prepared.execution().run(start + wait.toNanos());
            goesOn = record.isEmpty();
        } catch (RuntimeException e) {
            record = Optional.of(broke(prepared.execution(), e));
        } finally {
            if (!goesOn) {
                prepared.room().close();
            }
        }
        outcomes.waited(System.nanoTime() - start);
        return record.<InvokeOutcome>map(InvokeOutcome.Finished::new).orElseGet(() -> goOn(prepared));
    }

    Prepared.Composed prepare(InvokeCall call) {
        return prepare(call, false);
    }

    /// Starts one that is in the journal.
    void start(Prepared.Composed accepted) {
        accepted.call().admission().close();
        start(accepted.execution(), accepted.room(), true);
    }

    /// Starts one that was accepted in an earlier life of the server.
    ///
    /// @throws dev.whirl.model.ApiException 403 or 404 if the caller may not call it any more, 503 without room
    void startAgain(Invocation invocation) {
        Held held = room.take(invocation.arguments().sizeBytes());
        try {
            start(compositions.open(invocation), held, true);
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /// Waits until none runs without a caller.
    ///
    /// @return whether that came in time
    boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        for (Thread each : threads) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0 || !each.join(Duration.ofNanos(left))) {
                return false;
            }
        }
        return true;
    }

    /// Leaves those that still run to the journal.
    void abandon() {
        threads.forEach(Thread::interrupt);
    }

    int running() {
        return room.running();
    }

    private Prepared.Composed prepare(InvokeCall call, boolean isBlocking) {
        Invocation invocation = invocations.composed(call, isBlocking);
        Held held = room.take(invocation.arguments().sizeBytes());
        try {
            return new Prepared.Composed(call, invocation, compositions.open(invocation, call.action()), held);
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /// The caller has waited long enough: it is accepted now.
    private InvokeOutcome goOn(Prepared.Composed prepared) {
        Execution execution = prepared.execution();
        prepared.room().now(execution.heldBytes());
        try {
            journal.acceptRunning(execution.parent().accepted());
        } finally {
            start(execution, prepared.room(), false);
        }
        outcomes.stillRunning();
        return new InvokeOutcome.StillRunning(execution.parent().id());
    }

    private void start(Execution execution, Held held, boolean isNew) {
        Thread thread = Thread.ofVirtual().name(execution.parent().id().value()).unstarted(() -> {
            try (held) {
                if (!isNew || journal.started(execution.parent().id())) {
                    runToEnd(execution, held);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the journal has it
            } catch (RuntimeException e) {
                var _ = broke(execution, e);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private static void runToEnd(Execution execution, Held held) throws InterruptedException {
        Optional<Activation> record = Optional.empty();
        while (record.isEmpty()) {
            held.now(execution.heldBytes());
            record = execution.run(System.nanoTime() + SLICE_NANOS);
        }
    }

    /// @return its record, already kept
    private static Activation broke(Execution execution, RuntimeException reason) {
        LOG.atError()
                .addKeyValue("transaction", execution.parent().transaction())
                .addKeyValue("activation", execution.parent().id())
                .setCause(reason)
                .log("a sequence or composition broke off");
        return execution.fail();
    }
}
