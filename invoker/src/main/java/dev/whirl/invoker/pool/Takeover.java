package dev.whirl.invoker.pool;

import dev.whirl.model.identity.Namespace;

/// Whether a sandbox of one action makes room for a job of another that lacks memory. Pure.
final class Takeover {
    private Takeover() {}

    /// Whether a sandbox that a run has just left has to make room for a job of another action that has waited for
    /// memory longer than the fairness window: one that came before all that wait here, or one of a caller who has
    /// less memory, however many jobs of this one came before.
    static boolean isDue(Roster roster, PoolConfig config, Slot slot, long now) {
        Job oldest = roster.queues.oldestWithoutMemory();
        if (oldest == null || slot.group == null || oldest.key().equals(slot.group.key)) {
            return false;
        }
        Job own = slot.group.waiting.peekFirst();
        long coming = roster.freeBytes() + roster.idleBytes() + roster.tally.leavingBytes;
        return now - oldest.sinceNanos() > config.fairnessWindow().toNanos()
                && coming < oldest.demand().memoryBytes()
                && (own == null || isBefore(roster, oldest, own));
    }

    private static boolean isBefore(Roster roster, Job job, Job other) {
        Namespace caller = job.key().caller();
        Namespace otherCaller = other.key().caller();
        return caller.equals(otherCaller)
                ? job.sequence() < other.sequence()
                : roster.bytesOf(caller) < roster.bytesOf(otherCaller);
    }
}
