package dev.whirl.invoker.pool;

import java.util.List;

/// What to do with a job.
sealed interface PoolDecision {
    /// Give it a place in a sandbox that has its code.
    record UseWarm(Slot slot) implements PoolDecision {}

    /// Give it a stem cell, after those were removed to make room.
    record UsePrewarmed(Slot slot, List<Slot> evict) implements PoolDecision {
        public UsePrewarmed {
            evict = List.copyOf(evict);
        }
    }

    /// Start a sandbox, after those were removed to make room. The job goes on waiting: it takes what is free first.
    record StartCold(List<Slot> evict) implements PoolDecision {
        public StartCold {
            evict = List.copyOf(evict);
        }
    }

    /// Let it wait.
    record Wait(For reason) implements PoolDecision {}

    /// What a job waits for.
    enum For {
        /// A place in a sandbox that is there or is coming.
        PLACE,
        /// Fewer starts at a time.
        START,
        /// Memory.
        MEMORY
    }
}
