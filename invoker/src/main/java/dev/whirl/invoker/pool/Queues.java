package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.PoolDecision.For;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who waits: a queue for each action, and the order of those whose first job lacks memory or a start.
/// Guarded by the pool's lock.
final class Queues {
    private final LinkedHashSet<ActionGroup> queued = new LinkedHashSet<>();

    /// By the arrival of the first waiting job.
    private final TreeMap<Long, ActionGroup> hungry = new TreeMap<>();

    private int size;

    int size() {
        return size;
    }

    void add(ActionGroup group, Job job) {
        if (group.waiting.isEmpty()) {
            group.backlogSinceNanos = job.sinceNanos();
        }
        group.waiting.addLast(job);
        queued.add(group);
        size++;
    }

    /// Takes a job out, wherever it stands.
    ///
    /// @return whether it was waiting
    boolean remove(ActionGroup group, Job job) {
        Job first = group.waiting.peekFirst();
        boolean isFirst = first != null && first.sequence() == job.sequence();
        boolean found = isFirst ? group.waiting.pollFirst() != null : group.waiting.remove(job);
        if (found) {
            size--;
        }
        if (isFirst) {
            lacks(group, null);
        }
        if (group.waiting.isEmpty()) {
            queued.remove(group);
        }
        return found;
    }

    /// Notes what the first waiting job of an action lacks.
    void lacks(ActionGroup group, @Nullable For lack) {
        if (group.lack != null) {
            hungry.remove(group.hungrySince);
            group.lack = null;
        }
        Job first = group.waiting.peekFirst();
        if (first != null && lack != null && lack != For.PLACE) {
            group.lack = lack;
            group.hungrySince = first.sequence();
            hungry.put(first.sequence(), group);
        }
    }

    /// The action whose first job has waited longest of those that lack something.
    @Nullable
    ActionGroup hungriest() {
        return hungry.isEmpty() ? null : hungry.firstEntry().getValue();
    }

    /// The job that has waited longest of those that lack something, if it is memory that it lacks.
    @Nullable
    Job oldestWithoutMemory() {
        ActionGroup group = hungriest();
        return group != null && group.lack == For.MEMORY ? group.waiting.peekFirst() : null;
    }

    /// Every action that has waiting jobs, by the arrival of its first.
    List<ActionGroup> inOrder() {
        var groups = new ArrayList<>(queued);
        groups.sort(Comparator.comparingLong(Queues::arrival));
        return groups;
    }

    private static long arrival(ActionGroup group) {
        Job first = group.waiting.peekFirst();
        return first == null ? Long.MAX_VALUE : first.sequence();
    }
}
