package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.SandboxState.Busy;
import dev.whirl.invoker.pool.SandboxState.Draining;
import dev.whirl.invoker.pool.SandboxState.Emptying;
import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Inspecting;
import dev.whirl.invoker.pool.SandboxState.Paused;
import dev.whirl.invoker.pool.SandboxState.Pausing;
import dev.whirl.invoker.pool.SandboxState.Preparing;
import dev.whirl.invoker.pool.SandboxState.Prewarmed;
import dev.whirl.invoker.pool.SandboxState.Removing;
import dev.whirl.invoker.pool.SandboxState.Starting;

/// How many sandboxes are in which state, and how much memory they have. Guarded by the pool's lock.
final class Tally {
    int starting;
    int preparing;
    int prewarmed;
    int busy;
    int idle;
    int leaving;

    /// Of all sandboxes.
    long usedBytes;

    /// Of those that may be evicted for being idle.
    long idleBytes;

    /// Of stem cells.
    long stemBytes;

    /// Of sandboxes that take no more runs; it will be free.
    long leavingBytes;

    /// Adds a sandbox to the sums of its state, or takes it out of them.
    void count(Slot slot, int sign) {
        usedBytes += sign * slot.memoryBytes;
        switch (slot.state) {
            case Starting _ -> starting += sign;
            case Prewarmed _ -> {
                prewarmed += sign;
                stemBytes += sign * slot.memoryBytes;
            }
            case Preparing _ -> preparing += sign;
            case Busy _, Emptying _, Inspecting _ -> busy += sign;
            case Idle _, Paused _ -> {
                idle += sign;
                idleBytes += sign * slot.memoryBytes;
            }
            case Pausing _ -> idle += sign;
            case Draining _, Removing _ -> {
                leaving += sign;
                leavingBytes += sign * slot.memoryBytes;
            }
        }
    }
}
