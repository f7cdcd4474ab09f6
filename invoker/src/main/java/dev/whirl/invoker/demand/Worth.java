package dev.whirl.invoker.demand;

/// What it is worth to keep an idle sandbox: the start that it is likely to save, by the memory and the time that it
/// takes until then. Pure.
///
/// How long to keep it is part of the question: a timer's sandbox saves nothing for long and then surely a start. So
/// each end that the keeping could have is looked at, and the best counts (an index as that of Gittins).
public final class Worth {
    /// As if a call had never come: what is unknown is worth the less, the longer it is idle.
    private static final double NEVER = 1;

    /// As if a call had come as those of other actions do.
    private static final double OTHERS = 1;

    private Worth() {}

    /// Nanoseconds of starts saved per nanosecond and byte. Comparable only.
    ///
    /// @param own the idle times of the action; those of all actions count as much as one more
    /// @param all the idle times of all actions
    /// @param idleNanos how long it has been idle
    /// @param startNanos what it would take to have another
    /// @param bytes its memory
    public static double of(IdleTimes own, IdleTimes all, long idleNanos, long startNanos, long bytes) {
        return bestRate(own, all, Math.max(idleNanos, IdleTimes.SHORTEST_NANOS)) * startNanos / bytes;
    }

    /// Calls met per nanosecond of keeping, with the best end of it.
    private static double bestRate(IdleTimes own, IdleTimes all, long idle) {
        int first = IdleTimes.bucket(idle);
        int others = all.atLeast(idle);
        double left = own.atLeast(idle) + OTHERS + NEVER;
        double met = 0;
        double kept = 0;
        double best = 0;
        for (int i = first; i < IdleTimes.BUCKETS - 1; i++) {
            double from = Math.max(0, IdleTimes.lowerEdge(i) - idle);
            double width = IdleTimes.lowerEdge(i + 1) - idle - from;
            double here = own.count(i) + OTHERS * share(all, i, others, IdleTimes.BUCKETS - first);
            kept += here * width / 2 + (left - here) * width; // whoever is met here waits for half of the step
            met += here;
            left -= here;
            best = Math.max(best, met / kept);
        }
        return best;
    }

    /// Which share of the times that are long enough is in a step; where there are none, all steps have the same.
    private static double share(IdleTimes of, int bucket, int longEnough, int buckets) {
        return longEnough == 0 ? 1.0 / buckets : (double) of.count(bucket) / longEnough;
    }
}
