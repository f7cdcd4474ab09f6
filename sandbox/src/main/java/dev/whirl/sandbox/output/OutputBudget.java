package dev.whirl.sandbox.output;

import java.util.concurrent.atomic.AtomicLong;

/// How much output all sandboxes of this process may have in memory together. Each activation has a limit of its own;
/// this one keeps many activations that print much from filling the heap (attack 22).
final class OutputBudget {
    private static final int SHARE_OF_HEAP = 8;

    /// One for the process, because the heap is one.
    static final OutputBudget OF_THIS_PROCESS =
            new OutputBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    OutputBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// @return whether there was room
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
