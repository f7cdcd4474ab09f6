package dev.whirl.invoker.pool;

import java.util.concurrent.CompletableFuture;

/// A job that asks for a place.
///
/// @param sequence order of arrival
/// @param sinceNanos when it arrived
/// @param answer gets what became of it, once
record Job(Demand demand, long sequence, long sinceNanos, CompletableFuture<Answer> answer) {
    /// What becomes of a job.
    sealed interface Answer {}

    /// It has a place.
    ///
    /// @param task what its thread has to do before it can run there
    record Place(Slot slot, Task task) implements Answer {}

    /// It gets none.
    record Refused(Reason reason, String detail) implements Answer {}

    /// What comes before the run.
    sealed interface Task {
        /// Nothing: the code is there.
        record None() implements Task {}

        /// Thaw the sandbox.
        record Thaw() implements Task {}

        /// Close those first, give the sandbox the memory of the action, then send it the code.
        record Initialize(java.util.List<Slot> closeFirst, StartKind kind) implements Task {
            public Initialize {
                closeFirst = java.util.List.copyOf(closeFirst);
            }
        }
    }

    static final Task NOTHING = new Task.None();
    static final Task THAW = new Task.Thaw();

    ActionKey key() {
        return demand.key();
    }
}
