package dev.whirl.controller.place;

import java.util.ArrayList;
import java.util.List;

/// How the last activations on an invoker ended, oldest first (row I-14). Immutable.
public record RecentOutcomes(List<Outcome> outcomes) {
    /// What one activation says of the invoker it ran on.
    public enum Outcome {
        /// The invoker did its part, whatever the action came to.
        DONE,
        /// The invoker was at fault.
        SYSTEM_ERROR,
        /// Nothing was heard of it for so long that its place was freed by force (row I-12).
        TIMEOUT
    }

    static final RecentOutcomes NONE = new RecentOutcomes(List.of());
    static final int KEPT = 10;

    public RecentOutcomes {
        outcomes = List.copyOf(outcomes);
    }

    /// These and one more, without the oldest if there are too many.
    RecentOutcomes with(Outcome next) {
        if (next == Outcome.DONE && isFullOf(Outcome.DONE)) {
            return this; // nothing to copy while all is well
        }
        var all = new ArrayList<>(outcomes);
        all.add(next);
        return new RecentOutcomes(all.size() > KEPT ? all.subList(1, all.size()) : all);
    }

    int count(Outcome outcome) {
        int count = 0;
        for (Outcome each : outcomes) {
            if (each == outcome) {
                count++;
            }
        }
        return count;
    }

    private boolean isFullOf(Outcome outcome) {
        return outcomes.size() == KEPT && count(outcome) == KEPT;
    }
}
