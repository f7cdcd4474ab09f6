package dev.whirl.invoker.pool;

import java.util.List;

/// The sums in the books, to be compared with those that are counted anew.
final class Sums {
    private Sums() {}

    static List<Long> of(Tally tally) {
        return List.of(
                (long) tally.starting,
                (long) tally.preparing,
                (long) tally.prewarmed,
                (long) tally.busy,
                (long) tally.idle,
                (long) tally.leaving,
                tally.usedBytes,
                tally.idleBytes,
                tally.stemBytes,
                tally.leavingBytes);
    }

    static List<Integer> of(ActionGroup group) {
        ActionLoad load = group.load();
        return List.of(load.sandboxes(), load.servingPlaces(), load.comingPlaces(), group.freePlaces());
    }
}
