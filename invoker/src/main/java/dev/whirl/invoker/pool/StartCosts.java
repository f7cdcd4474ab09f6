package dev.whirl.invoker.pool;

import dev.whirl.invoker.pool.StemCell.Species;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Learns how long starts and inits take, by runtime. Guarded by the pool's lock.
final class StartCosts {
    private static final long START_PRIOR = Duration.ofMillis(150).toNanos();
    private static final long INIT_PRIOR = Duration.ofMillis(10).toNanos();
    private static final int MOST_SPECIES = 1_000;

    private record Known(MovingAverage start, MovingAverage init) {}

    private final Map<Species, Known> known = new HashMap<>();

    void started(Species species, long nanos) {
        known(species).start.add(nanos);
    }

    void initialized(Species species, long nanos) {
        known(species).init.add(nanos);
    }

    StartCost of(Species species) {
        Known costs = known(species);
        long init = costs.init.value();
        return new StartCost(costs.start.value() + init, init);
    }

    private Known known(Species species) {
        if (known.size() > MOST_SPECIES) {
            known.clear(); // users name images; what is forgotten is learned again
        }
        return known.computeIfAbsent(
                species, _ -> new Known(new MovingAverage(START_PRIOR), new MovingAverage(INIT_PRIOR)));
    }
}
