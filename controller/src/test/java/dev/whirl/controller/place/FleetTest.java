package dev.whirl.controller.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.time.ManualClock;
import dev.whirl.controller.place.Fleet.Outcome;
import dev.whirl.controller.place.Fleet.Placer;
import dev.whirl.controller.place.Fleet.Plan;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What placing by what is true now is worth beside placing by hash. [#main] prints the figures of a large fleet.
class FleetTest {
    private static final long SEED = 7;

    @Test
    @Tag("P-7")
    void moreCallsFindAWarmSandboxThanByHashAndTheyWaitForLessTime() {
        var plan = new Plan(40, 8, 400, 2, 60, 2_000_000, 6_000);

        Outcome ours = ours(plan);
        Outcome byHash = byHash(plan);

        assertThat(ours.warmShare()).isGreaterThan(byHash.warmShare() + 0.02);
        assertThat(ours.waitMillis()).isLessThan(byHash.waitMillis());
    }

    @Test
    void aSeedReplaysExactly() {
        var plan = new Plan(20, 4, 100, 2, 20, 1_000_000, 1_000);

        assertThat(ours(plan).warmShare()).isEqualTo(ours(plan).warmShare());
    }

    private static Outcome ours(Plan plan) {
        return run(plan, clock -> FleetPlacers.ours(plan.actions(), clock));
    }

    private static Outcome byHash(Plan plan) {
        return run(plan, _ -> FleetPlacers.byHash(plan.invokers(), plan.slots(), plan.controllers(), SEED));
    }

    private static Outcome run(Plan plan, Function<ManualClock, Placer> placer) {
        var clock = new ManualClock(Instant.EPOCH);
        List<Placer> placers = Stream.generate(() -> placer.apply(clock))
                .limit(plan.controllers())
                .toList();
        return new Fleet(plan, SEED, clock, placers).run();
    }

    /// With 1,000 invokers and 10,000 actions, at growing loads.
    public static void main(String[] arguments) {
        for (int perSecond : List.of(500, 1_500, 2_500, 3_500)) {
            var plan = new Plan(1_000, 8, 10_000, 2, perSecond, 2_000_000, 100_000);
            System.out.printf("%d calls/s%n  ours    %s%n  by hash %s%n", perSecond, ours(plan), byHash(plan));
        }
    }
}
