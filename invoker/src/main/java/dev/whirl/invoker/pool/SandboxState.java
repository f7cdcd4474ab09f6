package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxEvent.Broke;
import dev.whirl.invoker.pool.SandboxEvent.Claimed;
import dev.whirl.invoker.pool.SandboxEvent.FoundClean;
import dev.whirl.invoker.pool.SandboxEvent.Frozen;
import dev.whirl.invoker.pool.SandboxEvent.InspectionDue;
import dev.whirl.invoker.pool.SandboxEvent.PauseDue;
import dev.whirl.invoker.pool.SandboxEvent.Prepared;
import dev.whirl.invoker.pool.SandboxEvent.Retired;
import dev.whirl.invoker.pool.SandboxEvent.RunEnded;
import dev.whirl.invoker.pool.SandboxEvent.Started;

/// Life of one sandbox (row I-20). What is not in the table can't happen and is a bug. After a run the only way back to
/// Idle leads through Inspecting: whoever leaves as the last one looks the sandbox over.
///
/// | state                         | event     | next                                 |
/// |-------------------------------|-----------|--------------------------------------|
/// | Starting                      | Started   | Prewarmed                            |
/// | Prewarmed, Paused             | Claimed   | Preparing                            |
/// | Preparing                     | Prepared  | Busy(1)                              |
/// | Idle                          | Claimed   | Busy(1)                              |
/// | Busy(n)                       | Claimed   | Busy(n+1)                            |
/// | Busy(n)                       | RunEnded  | Busy(n-1), Inspecting if n = 1       |
/// | Busy(n), Emptying(n)          | InspectionDue | Emptying(n)                      |
/// | Emptying(n)                   | RunEnded  | Emptying(n-1), Inspecting if n = 1   |
/// | Inspecting                    | FoundClean | Idle                                |
/// | Idle                          | PauseDue  | Pausing                              |
/// | Pausing                       | Frozen    | Paused                               |
/// | Busy(n), Emptying(n)          | Retired   | Draining(n)                          |
/// | Starting, Preparing, Inspecting, Pausing | Retired | Draining(1)                 |
/// | Prewarmed, Idle, Paused       | Retired   | Removing                             |
/// | Draining(n)                   | RunEnded, Broke | Draining(n-1), Removing if n = 1 |
/// | Draining(1)                   | Started, FoundClean, Frozen | Removing           |
/// | Draining(n)                   | Prepared  | Draining(n)                          |
/// | Busy(n), Emptying(n), n > 1   | Broke     | Draining(n-1)                        |
/// | any other                     | Broke     | Removing                             |
/// | Draining, Removing            | Retired   | the same                             |
public sealed interface SandboxState {
    /// Being started, for an action or as a stem cell.
    record Starting() implements SandboxState {}

    /// Ready for the code of any action of its runtime.
    record Prewarmed(long sinceNanos) implements SandboxState {}

    /// One job has it for itself: to initialize it or to thaw it.
    record Preparing() implements SandboxState {}

    /// So many runs are in it.
    record Busy(int running) implements SandboxState {}

    /// So many runs are in it, and no more come in until it was empty and looked over.
    record Emptying(int running) implements SandboxState {}

    /// Empty; the job that left last looks it over, and nobody may come in.
    record Inspecting() implements SandboxState {}

    /// Initialized and without work.
    record Idle(long sinceNanos) implements SandboxState {}

    /// Being frozen.
    record Pausing(long sinceNanos) implements SandboxState {}

    /// Frozen.
    record Paused(long sinceNanos) implements SandboxState {}

    /// Takes no more runs; so many are still in it.
    record Draining(int running) implements SandboxState {}

    /// To be closed, or being closed.
    record Removing() implements SandboxState {}

    Starting STARTING = new Starting();
    Preparing PREPARING = new Preparing();
    Inspecting INSPECTING = new Inspecting();
    Removing REMOVING = new Removing();

    /// The state after an event.
    ///
    /// @throws IllegalStateException if the event can't happen in this state
    static SandboxState next(SandboxState state, SandboxEvent event) {
        return switch (event) {
            case Started(var at) -> started(state, event, at);
            case Claimed _ -> claimed(state, event);
            case Prepared _ -> prepared(state, event);
            case RunEnded _ -> runEnded(state, event);
            case InspectionDue _ -> inspectionDue(state, event);
            case FoundClean(var at) -> foundClean(state, event, at);
            case PauseDue _ -> pauseDue(state, event);
            case Frozen _ -> frozen(state, event);
            case Retired _ -> retired(state);
            case Broke _ -> broke(state);
        };
    }

    private static SandboxState started(SandboxState state, SandboxEvent event, long at) {
        return switch (state) {
            case Starting _ -> new Prewarmed(at);
            case Draining(var running) -> oneLess(running);
            case Prewarmed _, Preparing _, Busy _, Emptying _, Inspecting _, Idle _, Pausing _, Paused _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState claimed(SandboxState state, SandboxEvent event) {
        return switch (state) {
            case Prewarmed _, Paused _ -> PREPARING;
            case Idle _ -> new Busy(1);
            case Busy(var running) -> new Busy(running + 1);
            case Starting _, Preparing _, Emptying _, Inspecting _, Pausing _, Draining _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState prepared(SandboxState state, SandboxEvent event) {
        return switch (state) {
            case Preparing _ -> new Busy(1);
            case Draining draining -> draining;
            case Starting _, Prewarmed _, Busy _, Emptying _, Inspecting _, Idle _, Pausing _, Paused _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState runEnded(SandboxState state, SandboxEvent event) {
        return switch (state) {
            case Busy(var running) -> running > 1 ? new Busy(running - 1) : INSPECTING;
            case Emptying(var running) -> running > 1 ? new Emptying(running - 1) : INSPECTING;
            case Draining(var running) -> oneLess(running);
            case Starting _, Prewarmed _, Preparing _, Inspecting _, Idle _, Pausing _, Paused _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState inspectionDue(SandboxState state, SandboxEvent event) {
        return switch (state) {
            case Busy(var running) -> new Emptying(running);
            case Emptying emptying -> emptying;
            case Starting _,
                    Prewarmed _,
                    Preparing _,
                    Inspecting _,
                    Idle _,
                    Pausing _,
                    Paused _,
                    Draining _,
                    Removing _ -> throw illegal(state, event);
        };
    }

    private static SandboxState foundClean(SandboxState state, SandboxEvent event, long at) {
        return switch (state) {
            case Inspecting _ -> new Idle(at);
            case Draining(var running) -> oneLess(running);
            case Starting _, Prewarmed _, Preparing _, Busy _, Emptying _, Idle _, Pausing _, Paused _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState pauseDue(SandboxState state, SandboxEvent event) {
        if (state instanceof Idle(var since)) {
            return new Pausing(since);
        }
        throw illegal(state, event);
    }

    private static SandboxState frozen(SandboxState state, SandboxEvent event) {
        return switch (state) {
            case Pausing(var since) -> new Paused(since);
            case Draining(var running) -> oneLess(running);
            case Starting _, Prewarmed _, Preparing _, Busy _, Emptying _, Inspecting _, Idle _, Paused _, Removing _ ->
                throw illegal(state, event);
        };
    }

    private static SandboxState retired(SandboxState state) {
        return switch (state) {
            case Busy(var running) -> new Draining(running);
            case Emptying(var running) -> new Draining(running);
            case Starting _, Preparing _, Inspecting _, Pausing _ -> new Draining(1);
            case Prewarmed _, Idle _, Paused _ -> REMOVING;
            case Draining _, Removing _ -> state;
        };
    }

    private static SandboxState broke(SandboxState state) {
        return switch (state) {
            case Busy(var running) -> oneLess(running);
            case Emptying(var running) -> oneLess(running);
            case Draining(var running) -> oneLess(running);
            case Starting _, Prewarmed _, Preparing _, Inspecting _, Idle _, Pausing _, Paused _, Removing _ ->
                REMOVING;
        };
    }

    private static SandboxState oneLess(int running) {
        return running > 1 ? new Draining(running - 1) : REMOVING;
    }

    private static IllegalStateException illegal(SandboxState state, SandboxEvent event) {
        return new IllegalStateException("%s while %s".formatted(event, state));
    }
}
