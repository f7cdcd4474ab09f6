package dev.whirl.invoker.pool;

import static dev.whirl.invoker.pool.Fixtures.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.pool.Job.Place;
import dev.whirl.invoker.pool.SandboxState.Busy;
import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Inspecting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A sandbox is looked over before it is idle, however its runs overlap.
class PoolInspectionTest {
    private static final Demand SHARED = Fixtures.demand("shared", 128, 4, null);

    private final Roster roster = new Roster(Fixtures.config(1024), List.of());
    private final Dispatch dispatch = new Dispatch(Fixtures.config(1024), roster);

    @Test
    @Tag("attack-4")
    @Tag("K-18")
    void ofTwoRunsThatEndTogetherExactlyOneLooksTheSandboxOver() {
        Slot slot = withTwoRuns();

        boolean isFirstLast = dispatch.left(slot, MILLI, MILLI);
        boolean isSecondLast = dispatch.left(slot, MILLI, MILLI);

        assertThat(List.of(isFirstLast, isSecondLast)).containsExactly(false, true);
        assertThat(slot.state).isInstanceOf(Inspecting.class);
        assertThat(roster.warmPlace(SHARED.key())).isNull();
        dispatch.inspected(slot, true, 2 * MILLI);
        assertThat(slot.state).isEqualTo(new Idle(2 * MILLI));
    }

    @Test
    @Tag("attack-4")
    void aJobThatComesDuringTheInspectionWaitsForItsEnd() {
        Slot slot = withTwoRuns();
        dispatch.left(slot, MILLI, MILLI);
        dispatch.left(slot, MILLI, MILLI);
        Job late = Fixtures.job(SHARED, 9, MILLI);

        Place atOnce = dispatch.request(late, MILLI);
        List<Effect> meanwhile = dispatch.takeEffects();
        dispatch.inspected(slot, true, 2 * MILLI);

        assertThat(atOnce).isNull();
        assertThat(meanwhile).isEmpty();
        assertThat(dispatch.takeEffects()).containsExactly(new Effect.Tell(late, new Place(slot, Job.NOTHING)));
        assertThat(slot.state).isEqualTo(new Busy(1));
    }

    @Test
    @Tag("attack-4")
    void aSandboxWithLeftoversIsClosedAndNotGivenToWhoWaits() {
        Slot slot = withTwoRuns();
        dispatch.left(slot, MILLI, MILLI);
        dispatch.left(slot, MILLI, MILLI);
        dispatch.request(Fixtures.job(SHARED, 9, MILLI), MILLI);

        dispatch.inspected(slot, false, 2 * MILLI);

        assertThat(dispatch.takeEffects()).contains(new Effect.Close(slot)).noneMatch(Effect.Tell.class::isInstance);
    }

    @Test
    @Tag("attack-4")
    void runsThatOverlapAllTheTimeDoNotPutTheInspectionOffForEver() {
        var pool = new SimulatedPool(Fixtures.config(256), List.of(), 1);
        pool.isConcurrent = true;
        Demand shared = Fixtures.demand("shared", 256, 4, null);
        long end = 5 * Dispatch.INSPECTION_INTERVAL;
        overlap(pool, shared, 100 * MILLI, 0, end);
        overlap(pool, shared, 73 * MILLI + 3, 50 * MILLI, end); // the two never end at the same time
        pool.runUntil(end + 1_000 * MILLI);

        assertThat(pool.starts).isEqualTo(1);
        assertThat(pool.inspections.values())
                .singleElement()
                .satisfies(count -> assertThat(count).isBetween(4, 8));
        pool.checkEnd();
    }

    /// Runs of the same length, one after the other.
    private static void overlap(SimulatedPool pool, Demand demand, long runNanos, long from, long until) {
        pool.at(from, () -> {
            var ticket = pool.submit(demand, runNanos);
            ticket.then = () -> {
                if (pool.now() < until) {
                    pool.at(pool.now(), () -> overlap(pool, demand, runNanos, pool.now(), until));
                }
            };
        });
    }

    private Slot withTwoRuns() {
        dispatch.request(Fixtures.job(SHARED, 1, 0), 0);
        Slot slot = started();
        Place first = place(dispatch.takeEffects());
        dispatch.prepared(slot, Optional.of(MILLI), 0);
        Place second = dispatch.request(Fixtures.job(SHARED, 2, 0), 0);
        assertThat(new ArrayList<>(roster.all())).containsExactly(slot);
        assertThat(first.slot()).isSameAs(slot);
        assertThat(second).isEqualTo(new Place(slot, Job.NOTHING));
        dispatch.takeEffects();
        return slot;
    }

    private Slot started() {
        Slot slot = dispatch.takeEffects().stream()
                .filter(Effect.Start.class::isInstance)
                .map(each -> ((Effect.Start) each).slot())
                .findFirst()
                .orElseThrow();
        dispatch.started(slot, new StubSandbox("s1", slot.spec, true, false), 0);
        return slot;
    }

    private static Place place(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Tell.class::isInstance)
                .map(each -> (Place) ((Effect.Tell) each).answer())
                .findFirst()
                .orElseThrow();
    }
}
