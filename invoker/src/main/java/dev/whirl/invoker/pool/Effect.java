package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.Job.Answer;
import java.util.List;

/// Something to be done outside of the lock.
sealed interface Effect {
    /// Tell a waiting job what became of it.
    record Tell(Job job, Answer answer) implements Effect {}

    /// Start a sandbox, after those were closed.
    record Start(Slot slot, List<Slot> closeFirst) implements Effect {
        public Start {
            closeFirst = List.copyOf(closeFirst);
        }
    }

    /// Close a sandbox.
    record Close(Slot slot) implements Effect {}

    /// Freeze a sandbox.
    record Pause(Slot slot) implements Effect {}
}
