package dev.whirl.invoker.pool;

import java.util.HashMap;
import java.util.Map;

/// What is in the sandboxes of a simulated world, whatever the books say, and whether the two agree.
final class RealSandboxes {
    final Map<Slot, Long> bytes = new HashMap<>();
    final Map<Slot, ActionKey> code = new HashMap<>();
    final Map<Slot, Integer> runs = new HashMap<>();

    void check(Roster roster, PoolConfig config) {
        long used = 0;
        for (long each : bytes.values()) {
            used += each;
        }
        require(used <= config.memory().bytes(), "memory in use: ", used);
        checkBooks(roster, config);
    }

    private void checkBooks(Roster roster, PoolConfig config) {
        var tally = new Tally();
        var groups = new HashMap<ActionKey, ActionGroup>();
        for (Slot slot : roster.all()) {
            tally.count(slot, 1);
            if (slot.group != null) {
                require(roster.group(slot.group.key) == slot.group, "a group in the books twice: ", slot);
                groups.computeIfAbsent(slot.group.key, key -> new ActionGroup(key, new Profile()))
                        .enter(slot);
                checkRuns(slot, slot.group);
            }
        }
        require(Sums.of(tally).equals(Sums.of(roster.tally)), "the sums are wrong: ", tally);
        require(tally.usedBytes <= config.memory().bytes(), "memory is over-committed in the books: ", tally);
        groups.forEach((key, fresh) -> {
            ActionGroup kept = roster.group(key);
            fresh.placesKnown = kept.placesKnown;
            kept.waiting.stream().limit(1).forEach(fresh.waiting::add);
            require(Sums.of(kept).equals(Sums.of(fresh)), "the places are counted wrong of ", key);
        });
    }

    private void checkRuns(Slot slot, ActionGroup group) {
        int inside = runs.getOrDefault(slot, 0);
        require(inside <= slot.places, "more runs than places in ", slot);
        if (slot.state instanceof SandboxState.Busy(var running)) {
            require(inside == running, "runs are counted wrong in ", slot);
            require(group.key.equals(code.get(slot)), "the code of another action is in ", slot);
        }
    }

    /// Cheaper than an assertion: it is asked millions of times.
    static void require(boolean holds, String complaint, Object about) {
        if (!holds) {
            throw new AssertionError(complaint + about);
        }
    }
}
