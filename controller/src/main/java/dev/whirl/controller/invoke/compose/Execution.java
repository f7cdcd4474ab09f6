package dev.whirl.controller.invoke.compose;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Action;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.message.Invocation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One sequence or composition on its way from the first call to the record. It runs on the thread of whoever calls
/// [#run], one thread at a time, and can be left in the middle of a call and taken up by another thread.
public final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    /// How much longer than its own time limit a step may take (row R-180).
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private record Pending(Steps.Step step, Action action, long deadlineNanos) {}

    private final Invocation parent;
    private final Compositions compositions;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable Pending pending;
    private int calls;

    Execution(Invocation parent, Level root, Compositions compositions) {
        this.parent = parent;
        this.compositions = compositions;
        levels.addLast(root);
    }

    /// The invocation of the sequence or composition itself, without its arguments.
    public Invocation parent() {
        return parent;
    }

    /// About how much it holds beside the arguments of the step under way.
    public long heldBytes() {
        long bytes = 0;
        for (Level each : levels) {
            bytes += each.heldBytes();
        }
        return bytes;
    }

    /// Runs until it is over or the time is, whatever is first. Then it can be run on.
    ///
    /// @param deadlineNanos on the scale of [System#nanoTime()]
    /// @return the record, already kept; empty if the time is over
    public Optional<Activation> run(long deadlineNanos) throws InterruptedException {
        Optional<Activation> end = Optional.empty();
        while (end.isEmpty()) {
            if (pending == null) {
                end = advance(levels.getLast());
            } else {
                Optional<Activation> result = pending.step().await(Math.min(deadlineNanos, pending.deadlineNanos()));
                if (result.isEmpty() && System.nanoTime() < pending.deadlineNanos()) {
                    return Optional.empty();
                }
                end = take(pending, result);
            }
        }
        return end;
    }

    /// Ends everything that is open, for a reason that is the platform's.
    ///
    /// @return the record, already kept
    public Activation fail() {
        if (pending != null) {
            pending.step().close();
            pending = null;
        }
        Level last = levels.getLast();
        while (true) {
            Optional<Activation> end = end(last, Status.WHISK_ERROR, last.failed());
            if (end.isPresent()) {
                return end.get();
            }
            last = levels.getLast();
        }
    }

    private Optional<Activation> advance(Level top) throws InterruptedException {
        return switch (top.next()) {
            case Next.End(ActivationResponse response) -> end(top, response);
            case Next.Call call -> call(top, call);
        };
    }

    /// What goes in circles without ever calling anything lies deeper and deeper, all else makes too many calls.
    private Optional<Activation> call(Level top, Next.Call call) throws InterruptedException {
        calls++;
        if (calls > compositions.mostCalls() || levels.size() > compositions.mostLevels()) {
            return end(top, Status.APPLICATION_ERROR, top.tooLong());
        }
        return call.isStep() ? begin(top, call) : descend(top, call);
    }

    private Optional<Activation> descend(Level top, Next.Call call) {
        try {
            levels.addLast(compositions.inner(call, parent.caller(), top));
            return Optional.empty();
        } catch (RuntimeException e) {
            return failed(top, call, e);
        }
    }

    private Optional<Activation> begin(Level top, Next.Call call) throws InterruptedException {
        Identity caller = parent.caller();
        var step = new Steps.StepCall(
                parent.transaction(),
                caller,
                call.action(),
                call.payload(),
                call.locked(),
                top.trail().id());
        Action action = call.action().action();
        long patience = action.limits().timeout().plus(PATIENCE).toNanos();
        try {
            pending = new Pending(compositions.steps().begin(step), action, System.nanoTime() + patience);
        } catch (RuntimeException e) {
            return failed(top, call, e);
        }
        if (call.after() != null) {
            compositions.steps().prepare(parent.transaction(), caller, call.after());
        }
        return Optional.empty();
    }

    private Optional<Activation> take(Pending over, Optional<Activation> result) {
        over.step().close();
        pending = null;
        Level top = levels.getLast();
        if (result.isEmpty()) {
            top.trail().add(over.step().id());
            return end(top, Status.WHISK_ERROR, top.unanswered(over.step().id()));
        }
        top.trail().add(result.get(), over.action().limits().memory());
        top.ended(result.get().response());
        return Optional.empty();
    }

    private Optional<Activation> failed(Level top, Next.Call call, RuntimeException reason) {
        LOG.atWarn()
                .addKeyValue("transaction", parent.transaction())
                .addKeyValue("activation", parent.id())
                .addKeyValue("action", call.action().action().id())
                .setCause(reason)
                .log("a step of a sequence or composition could not be called");
        return end(top, Status.WHISK_ERROR, top.failed());
    }

    private Optional<Activation> end(Level level, Status status, String sentence) {
        return end(level, ActivationResponse.failure(status, sentence));
    }

    private Optional<Activation> end(Level level, ActivationResponse response) {
        levels.removeLast();
        Activation record = level.trail()
                .record(parent.caller(), response, compositions.clock().instant());
        compositions.records().keep(parent, record);
        Level outer = levels.peekLast();
        if (outer == null) {
            return Optional.of(record);
        }
        outer.trail().add(record, level.trail().memory());
        outer.ended(response);
        return Optional.empty();
    }
}
