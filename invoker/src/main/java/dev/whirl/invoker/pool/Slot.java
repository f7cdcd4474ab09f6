package dev.whirl.invoker.pool;

import dev.whirl.sandbox.Sandbox;
import dev.whirl.sandbox.SandboxSpec;
import org.jspecify.annotations.Nullable;

/// One sandbox in the books, from the decision to start it until it is closed. Guarded by the pool's lock.
final class Slot {
    final long number;
    final SandboxSpec spec;
    final long startedAtNanos;

    SandboxState state = SandboxState.STARTING;
    long memoryBytes;

    /// The action that it serves, or is being started for; null for a stem cell.
    @Nullable
    ActionGroup group;

    /// How many runs it takes at a time.
    int places = 1;

    /// Null until it is started.
    @Nullable
    Sandbox sandbox;

    boolean canPause;
    boolean canResize;

    /// Since when it has been on its way: being started, thawed or given its code. Only of one that is.
    long comingSinceNanos;

    /// Since when it has had runs in it without a break.
    long busySinceNanos;

    Slot(long number, SandboxSpec spec, long startedAtNanos) {
        this.number = number;
        this.spec = spec;
        this.startedAtNanos = startedAtNanos;
        comingSinceNanos = startedAtNanos;
        memoryBytes = spec.memory().bytes();
    }

    /// Since when it has had no work. Only of one that has none.
    long idleSinceNanos() {
        return switch (state) {
            case SandboxState.Idle(var since) -> since;
            case SandboxState.Pausing(var since) -> since;
            case SandboxState.Paused(var since) -> since;
            case SandboxState.Prewarmed(var since) -> since;
            case SandboxState.Starting _,
                    SandboxState.Preparing _,
                    SandboxState.Busy _,
                    SandboxState.Emptying _,
                    SandboxState.Inspecting _,
                    SandboxState.Draining _,
                    SandboxState.Removing _ -> throw new IllegalStateException("not idle: " + this);
        };
    }

    /// Whether it has had no work since a time.
    boolean isIdleSince(long nanos) {
        return switch (state) {
            case SandboxState.Idle(var since) -> since - nanos <= 0;
            case SandboxState.Paused(var since) -> since - nanos <= 0;
            case SandboxState.Prewarmed(var since) -> since - nanos <= 0;
            case SandboxState.Starting _,
                    SandboxState.Preparing _,
                    SandboxState.Busy _,
                    SandboxState.Emptying _,
                    SandboxState.Inspecting _,
                    SandboxState.Pausing _,
                    SandboxState.Draining _,
                    SandboxState.Removing _ -> false;
        };
    }

    @Override
    public String toString() {
        return "slot %d %s %s".formatted(number, spec.runtime(), state);
    }
}
