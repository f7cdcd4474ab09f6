package dev.whirl.invoker.demand;

import java.time.Duration;

/// How long an action was idle between its calls: a histogram of fixed size, in steps of a fifth, from a second to
/// nine hours. What is old counts half as much each time that it is full. Not for use by several threads.
///
/// The idea is that of Shahrad et al., "Serverless in the Wild" (USENIX ATC 2020).
public final class IdleTimes {
    /// Shorter times are not counted: no policy acts on them.
    public static final long SHORTEST_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int STEPS_FOR_TWICE = 4;
    static final int BUCKETS = 60;
    private static final long[] EDGES = edges();

    private final int most;
    private final short[] counts = new short[BUCKETS];
    private int total;

    /// @param most how many it remembers before old ones count less
    public IdleTimes(int most) {
        this.most = Math.min(most, Short.MAX_VALUE);
    }

    public void add(long idleNanos) {
        if (total >= most) {
            forgetHalf();
        }
        counts[bucket(idleNanos)]++;
        total++;
    }

    public int total() {
        return total;
    }

    /// How many were as long as this or longer.
    public int atLeast(long idleNanos) {
        return sum(bucket(idleNanos), BUCKETS - 1);
    }

    /// A time that so many of them (0 to 1) are not shorter than, by less than a step.
    public long head(double share) {
        return lowerEdge(bucketAt(share));
    }

    /// A time that so many of them (0 to 1) do not exceed, by less than a step.
    public long tail(double share) {
        return lowerEdge(bucketAt(share) + 1);
    }

    int count(int bucket) {
        return counts[bucket];
    }

    private int bucketAt(double share) {
        int needed = Math.max(1, (int) Math.ceil(share * total));
        int seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= needed) {
                return i;
            }
        }
        return BUCKETS - 1;
    }

    private int sum(int first, int last) {
        int sum = 0;
        for (int i = first; i <= last; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private void forgetHalf() {
        total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] = (short) (counts[i] / 2);
            total += counts[i];
        }
    }

    static int bucket(long nanos) {
        double twices = Math.log((double) Math.max(nanos, SHORTEST_NANOS) / SHORTEST_NANOS) / Math.log(2);
        return (int) Math.min(BUCKETS - 1, twices * STEPS_FOR_TWICE);
    }

    static long lowerEdge(int bucket) {
        return EDGES[bucket];
    }

    private static long[] edges() {
        var edges = new long[BUCKETS + 1];
        for (int i = 0; i <= BUCKETS; i++) {
            edges[i] = (long) (SHORTEST_NANOS * Math.pow(2, (double) i / STEPS_FOR_TWICE));
        }
        return edges;
    }
}
