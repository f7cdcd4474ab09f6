package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.PoolDecision.For;
import dev.whirl.model.identity.Namespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who waits: a queue for each action, and the order of those whose first job lacks memory or a start.
/// Guarded by the pool's lock.
final class Queues {
    private final LinkedHashSet<ActionGroup> queued = new LinkedHashSet<>();

    /// The callers take turns, so that nobody waits for all that another one has sent; those of one caller go by the
    /// arrival of the first waiting job.
    private final LinkedHashMap<Namespace, TreeMap<Long, ActionGroup>> hungry = new LinkedHashMap<>();

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
        if (isFirst && group.lack != null) {
            lacks(group, null);
            endTurn(group);
        }
        if (group.waiting.isEmpty()) {
            queued.remove(group);
        }
        return found;
    }

    /// Notes what the first waiting job of an action lacks.
    void lacks(ActionGroup group, @Nullable For lack) {
        Job first = group.waiting.peekFirst();
        if (first == null || lack == null || lack == For.PLACE) {
            forget(group);
            return;
        }
        if (group.hungrySince != first.sequence()) {
            forget(group); // else it keeps its turn
        }
        group.lack = lack;
        group.hungrySince = first.sequence();
        hungry.computeIfAbsent(group.key.caller(), _ -> new TreeMap<>()).put(first.sequence(), group);
    }

    private void forget(ActionGroup group) {
        TreeMap<Long, ActionGroup> ofCaller = hungry.get(group.key.caller());
        if (ofCaller != null && group.lack != null) {
            ofCaller.remove(group.hungrySince);
            if (ofCaller.isEmpty()) {
                hungry.remove(group.key.caller());
            }
        }
        group.lack = null;
    }

    /// A job of it got what it lacked: it is other callers' turn.
    void endTurn(ActionGroup group) {
        TreeMap<Long, ActionGroup> ofCaller = hungry.remove(group.key.caller());
        if (ofCaller != null) {
            hungry.put(group.key.caller(), ofCaller);
        }
    }

    /// Of the caller whose turn it is, the action whose first job has waited longest of those that lack something.
    @Nullable
    ActionGroup hungriest() {
        var next = hungry.firstEntry();
        return next == null ? null : next.getValue().firstEntry().getValue();
    }

    /// The first job of [#hungriest], if it is memory that it lacks.
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
