package dev.whirl.invoker.pool;

import dev.whirl.model.identity.Namespace;
import org.jspecify.annotations.Nullable;

/// What a decision may look at. Each question costs O(1), except the two orders of eviction, which cost as much as is
/// evicted.
interface PoolView {
    /// The sandbox that a run of this action should take now: the fullest that has a place, else the one used last.
    /// Null if none has a place.
    @Nullable
    Slot warmPlace(ActionKey key);

    /// A stem cell that can become a sandbox of this demand; of its very memory if there is one. Null if none.
    @Nullable
    Slot stemCell(Demand demand);

    ActionLoad load(ActionKey key);

    StartCost startCost(Demand demand);

    /// How many sandboxes are being started. One that has taken long does not count: what it waits for is a registry or
    /// an image that does not get ready, and no processor of this machine.
    int starting(long nowNanos);

    /// How many are being started for a caller, however long that takes.
    int startingFor(Namespace caller);

    /// How many jobs wait, of any action.
    int waiting();

    int parallelStarts();

    int steadySandboxes();

    /// Whether all processors of the machine have been at work, with whatever, for the last tenths of a second.
    boolean areProcessorsBusy();

    /// Memory that no sandbox has.
    long freeBytes();

    /// Memory of idle sandboxes, which may be evicted.
    long idleBytes();

    /// Memory of stem cells, which may be evicted.
    long stemBytes();

    /// Memory that is kept for a job that came before this one and has waited longer than the fairness window.
    long reservedBytes(Job job, long nowNanos);

    /// Sandboxes without work, in the order in which they are to be evicted.
    Iterable<Slot> leastMissedFirst(long nowNanos);

    Iterable<Slot> stemCells();
}
