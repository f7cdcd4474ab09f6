package dev.whirl.invoker.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.invoker.pool.SandboxEvent.Broke;
import dev.whirl.invoker.pool.SandboxEvent.Claimed;
import dev.whirl.invoker.pool.SandboxEvent.FoundClean;
import dev.whirl.invoker.pool.SandboxEvent.Frozen;
import dev.whirl.invoker.pool.SandboxEvent.InspectionDue;
import dev.whirl.invoker.pool.SandboxEvent.PauseDue;
import dev.whirl.invoker.pool.SandboxEvent.Prepared;
import dev.whirl.invoker.pool.SandboxEvent.Retired;
import dev.whirl.invoker.pool.SandboxEvent.RunEnded;
import dev.whirl.invoker.pool.SandboxEvent.Started;
import dev.whirl.invoker.pool.SandboxState.Busy;
import dev.whirl.invoker.pool.SandboxState.Draining;
import dev.whirl.invoker.pool.SandboxState.Emptying;
import dev.whirl.invoker.pool.SandboxState.Idle;
import dev.whirl.invoker.pool.SandboxState.Inspecting;
import dev.whirl.invoker.pool.SandboxState.Paused;
import dev.whirl.invoker.pool.SandboxState.Pausing;
import dev.whirl.invoker.pool.SandboxState.Preparing;
import dev.whirl.invoker.pool.SandboxState.Prewarmed;
import dev.whirl.invoker.pool.SandboxState.Removing;
import dev.whirl.invoker.pool.SandboxState.Starting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SandboxStateTest {
    private static final List<SandboxState> STATES = List.of(
            new Starting(),
            new Prewarmed(5),
            new Preparing(),
            new Busy(1),
            new Busy(3),
            new Emptying(1),
            new Emptying(3),
            new Inspecting(),
            new Idle(5),
            new Pausing(5),
            new Paused(5),
            new Draining(1),
            new Draining(2),
            new Removing());
    private static final List<SandboxEvent> EVENTS = List.of(
            new Started(9),
            new Claimed(),
            new Prepared(),
            new RunEnded(),
            new InspectionDue(),
            new FoundClean(9),
            new PauseDue(),
            new Frozen(),
            new Retired(),
            new Broke());

    record Row(SandboxState from, SandboxEvent event, SandboxState to) {}

    static List<Row> table() {
        var rows = new ArrayList<>(List.of(
                new Row(new Starting(), new Started(9), new Prewarmed(9)),
                new Row(new Prewarmed(5), new Claimed(), new Preparing()),
                new Row(new Paused(5), new Claimed(), new Preparing()),
                new Row(new Preparing(), new Prepared(), new Busy(1)),
                new Row(new Idle(5), new Claimed(), new Busy(1)),
                new Row(new Busy(1), new Claimed(), new Busy(2)),
                new Row(new Busy(3), new Claimed(), new Busy(4)),
                new Row(new Busy(3), new RunEnded(), new Busy(2)),
                new Row(new Busy(1), new RunEnded(), new Inspecting()),
                new Row(new Busy(1), new InspectionDue(), new Emptying(1)),
                new Row(new Busy(3), new InspectionDue(), new Emptying(3)),
                new Row(new Emptying(1), new InspectionDue(), new Emptying(1)),
                new Row(new Emptying(3), new InspectionDue(), new Emptying(3)),
                new Row(new Emptying(3), new RunEnded(), new Emptying(2)),
                new Row(new Emptying(1), new RunEnded(), new Inspecting()),
                new Row(new Inspecting(), new FoundClean(9), new Idle(9)),
                new Row(new Emptying(3), new Retired(), new Draining(3)),
                new Row(new Emptying(1), new Retired(), new Draining(1)),
                new Row(new Inspecting(), new Retired(), new Draining(1)),
                new Row(new Emptying(3), new Broke(), new Draining(2)),
                new Row(new Idle(5), new PauseDue(), new Pausing(5)),
                new Row(new Pausing(5), new Frozen(), new Paused(5)),
                new Row(new Busy(3), new Retired(), new Draining(3)),
                new Row(new Busy(1), new Retired(), new Draining(1)),
                new Row(new Starting(), new Retired(), new Draining(1)),
                new Row(new Preparing(), new Retired(), new Draining(1)),
                new Row(new Pausing(5), new Retired(), new Draining(1)),
                new Row(new Prewarmed(5), new Retired(), new Removing()),
                new Row(new Idle(5), new Retired(), new Removing()),
                new Row(new Paused(5), new Retired(), new Removing()),
                new Row(new Draining(2), new Retired(), new Draining(2)),
                new Row(new Draining(1), new Retired(), new Draining(1)),
                new Row(new Removing(), new Retired(), new Removing()),
                new Row(new Draining(2), new Prepared(), new Draining(2)),
                new Row(new Draining(1), new Prepared(), new Draining(1)),
                new Row(new Busy(3), new Broke(), new Draining(2))));
        for (SandboxEvent ending :
                List.of(new RunEnded(), new Broke(), new FoundClean(9), new Started(9), new Frozen())) {
            rows.add(new Row(new Draining(2), ending, new Draining(1)));
            rows.add(new Row(new Draining(1), ending, new Removing()));
        }
        for (SandboxState state : STATES) {
            boolean goesAtOnce =
                    !(state instanceof Draining) && !state.equals(new Busy(3)) && !state.equals(new Emptying(3));
            if (goesAtOnce) {
                rows.add(new Row(state, new Broke(), new Removing()));
            }
        }
        return rows;
    }

    static Stream<Row> everythingElse() {
        List<Row> table = table();
        return STATES.stream()
                .flatMap(state -> EVENTS.stream().map(event -> new Row(state, event, new Removing())))
                .filter(row -> table.stream()
                        .noneMatch(each ->
                                each.from().equals(row.from()) && each.event().equals(row.event())));
    }

    @ParameterizedTest
    @MethodSource("table")
    @Tag("I-20")
    void eachTransitionOfTheTableIsTaken(Row row) {
        assertThat(SandboxState.next(row.from(), row.event())).isEqualTo(row.to());
    }

    @ParameterizedTest
    @MethodSource("everythingElse")
    @Tag("I-20")
    void whatIsNotInTheTableIsABug(Row row) {
        assertThatThrownBy(() -> SandboxState.next(row.from(), row.event())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Tag("attack-4")
    void noWayLeadsFromARunToIdleButThroughAnInspection() {
        for (SandboxState from : STATES) {
            for (SandboxEvent event : EVENTS) {
                if (isTaken(from, event) && SandboxState.next(from, event) instanceof Idle) {
                    assertThat(from).isInstanceOf(Inspecting.class);
                    assertThat(event).isInstanceOf(FoundClean.class);
                }
            }
        }
    }

    private static boolean isTaken(SandboxState from, SandboxEvent event) {
        return table().stream()
                .anyMatch(each -> each.from().equals(from) && each.event().equals(event));
    }

    @Test
    @Tag("I-21")
    void aSandboxThatIsBeingRemovedOrLookedOverIsNotClaimed() {
        for (SandboxState state :
                List.of(new Emptying(1), new Inspecting(), new Draining(1), new Draining(2), new Removing())) {
            assertThatThrownBy(() -> SandboxState.next(state, new Claimed())).isInstanceOf(IllegalStateException.class);
        }
    }
}
