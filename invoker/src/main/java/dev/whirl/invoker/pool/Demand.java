package dev.whirl.invoker.pool;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.sandbox.SandboxSpec;
import org.jspecify.annotations.Nullable;

/// What a job needs.
///
/// @param spec the sandbox to start if there is none
/// @param concurrency how many runs may share a sandbox, where its runtime can do it
/// @param instances most sandboxes of the action at a time, null for no limit
/// @param isSingleUse whether a sandbox serves one activation and is removed then
/// @param isAccepted whether its caller was told that it will run, and does not wait
/// @param keptWarm what stays when it is over
public record Demand(
        ActionKey key,
        SandboxSpec spec,
        int concurrency,
        @Nullable Integer instances,
        boolean isSingleUse,
        boolean isAccepted,
        KeptWarm keptWarm) {
    public Demand {
        require(concurrency >= 1, "concurrency must be at least 1, got %d", concurrency);
        require(!isSingleUse || concurrency == 1, "a sandbox for one activation takes one at a time");
    }

    /// Of a caller who waits.
    public Demand(ActionKey key, SandboxSpec spec, int concurrency, @Nullable Integer instances, boolean isSingleUse) {
        this(key, spec, concurrency, instances, isSingleUse, false, KeptWarm.NONE);
    }

    /// The same of a caller who was told that it will run.
    public Demand accepted() {
        return new Demand(key, spec, concurrency, instances, isSingleUse, true, keptWarm);
    }

    /// The same of a caller for whom sandboxes stay.
    public Demand keeping(KeptWarm kept) {
        return new Demand(key, spec, concurrency, instances, isSingleUse, isAccepted, kept);
    }

    /// Of an action whose activations may use the same sandbox one after the other.
    public Demand(ActionKey key, SandboxSpec spec, int concurrency, @Nullable Integer instances) {
        this(key, spec, concurrency, instances, false, false, KeptWarm.NONE);
    }

    long memoryBytes() {
        return spec.memory().bytes();
    }
}
