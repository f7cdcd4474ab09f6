package dev.whirl.controller.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.place.HealthEvent.Beat;
import dev.whirl.controller.place.HealthEvent.Ended;
import dev.whirl.controller.place.HealthEvent.Silence;
import dev.whirl.controller.place.HealthEvent.TestSent;
import dev.whirl.controller.place.InvokerHealth.Sick;
import dev.whirl.controller.place.RecentOutcomes.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-14")
class InvokerHealthTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Beat PROVEN = new Beat(true, true);
    private static final Beat UNPROVEN = new Beat(true, false);
    private static final Beat DRAINING = new Beat(false, true);

    @Test
    void anInvokerThatProvedItselfIsUpAtItsFirstWord() {
        assertThat(InvokerHealth.first(PROVEN, NOW).word()).isEqualTo("up");
    }

    @Test
    void oneThatDidNotIsUnhealthyUntilATestComesBack() {
        InvokerHealth first = InvokerHealth.first(UNPROVEN, NOW);

        assertThat(first.word()).isEqualTo("unhealthy");
        assertThat(first.reason()).isEqualTo("it has not shown yet that it can run an action");
        assertThat(((Sick) first).plan().dueAt()).isEqualTo(NOW);
        assertThat(after(first, UNPROVEN).word()).isEqualTo("unhealthy");
        assertThat(after(first, ended(Outcome.SYSTEM_ERROR, 1)).word()).isEqualTo("unhealthy");
        assertThat(after(first, ended(Outcome.DONE, 1)).word()).isEqualTo("up");
    }

    @Test
    void threeFaultsOfTenAreToleratedAndAFourthIsNot() {
        InvokerHealth up = after(InvokerHealth.first(PROVEN, NOW), ended(Outcome.DONE, 10));

        InvokerHealth three = after(up, ended(Outcome.SYSTEM_ERROR, 3));
        InvokerHealth four = after(three, ended(Outcome.SYSTEM_ERROR, 1));

        assertThat(three.word()).isEqualTo("up");
        assertThat(four.word()).isEqualTo("unhealthy");
        assertThat(four.reason()).isEqualTo("it was at fault in 4 of its last 10 activations");
    }

    @Test
    void moreThanThreeTimeoutsMakeItUnresponsive() {
        InvokerHealth up = InvokerHealth.first(PROVEN, NOW);

        assertThat(after(up, ended(Outcome.TIMEOUT, 3)).word()).isEqualTo("up");
        InvokerHealth four = after(up, ended(Outcome.TIMEOUT, 4));
        assertThat(four.word()).isEqualTo("unresponsive");
        assertThat(four.reason()).isEqualTo("nothing was heard of 4 of its last 4 activations");
    }

    @Test
    void faultsOlderThanTenOutcomesAreForgotten() {
        InvokerHealth state = InvokerHealth.first(PROVEN, NOW);

        for (int i = 0; i < 50; i++) {
            state = after(state, ended(Outcome.SYSTEM_ERROR, 3));
            state = after(state, ended(Outcome.DONE, 7));
            assertThat(state.word()).isEqualTo("up");
        }
    }

    @Test
    void eachGoodTestBringsTheNextAtOnceUntilTheLastTenAreGood() {
        InvokerHealth sick = after(InvokerHealth.first(PROVEN, NOW), ended(Outcome.SYSTEM_ERROR, 4));
        int tests = 0;

        while (sick instanceof Sick each) {
            assertThat(each.plan().dueAt()).isEqualTo(NOW);
            sick = after(sick, List.of(new TestSent(), new Ended(Outcome.DONE)));
            tests++;
        }

        assertThat(tests).isEqualTo(7);
        assertThat(sick.word()).isEqualTo("up");
    }

    @Test
    void withoutASuccessTestsComeEverLaterButEachMinuteAtLeast() {
        InvokerHealth sick = after(InvokerHealth.first(PROVEN, NOW), ended(Outcome.SYSTEM_ERROR, 4));
        var pauses = new ArrayList<Long>();

        for (int i = 0; i < 9; i++) {
            sick = after(sick, List.of(new TestSent(), new Ended(Outcome.SYSTEM_ERROR)));
            pauses.add(Duration.between(NOW, ((Sick) sick).plan().dueAt()).toSeconds());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void timeoutsOfAnUnhealthyInvokerMakeItUnresponsiveOnceItsErrorsAreForgotten() {
        InvokerHealth sick = after(InvokerHealth.first(PROVEN, NOW), ended(Outcome.SYSTEM_ERROR, 4));

        assertThat(after(sick, ended(Outcome.TIMEOUT, 6)).word()).isEqualTo("unhealthy");
        assertThat(after(sick, ended(Outcome.TIMEOUT, 7)).word()).isEqualTo("unresponsive");
    }

    @Test
    void silenceAndRefusingWorkAreDownAndTheReasonTellsWhich() {
        InvokerHealth up = InvokerHealth.first(PROVEN, NOW);

        assertThat(after(up, new Silence()).word()).isEqualTo("down");
        assertThat(after(up, new Silence()).reason()).isEqualTo("it sends no heartbeats");
        assertThat(after(up, DRAINING).word()).isEqualTo("down");
        assertThat(after(up, DRAINING).reason()).isEqualTo("it drains or was disabled: it says that it takes no work");
        assertThat(InvokerHealth.first(DRAINING, NOW).word()).isEqualTo("down");
    }

    @Test
    void whoeverComesBackIsThoughtOfAsBefore() {
        InvokerHealth up = InvokerHealth.first(PROVEN, NOW);
        InvokerHealth sick = after(up, ended(Outcome.SYSTEM_ERROR, 4));

        assertThat(after(after(up, new Silence()), PROVEN).word()).isEqualTo("up");
        assertThat(after(after(sick, new Silence()), PROVEN).word()).isEqualTo("unhealthy");
        assertThat(after(after(up, new Silence()), UNPROVEN).word()).isEqualTo("unhealthy");
    }

    @Test
    void whatEndsOnAnInvokerThatIsDownDoesNotBringItBack() {
        InvokerHealth down = after(InvokerHealth.first(PROVEN, NOW), new Silence());

        InvokerHealth later = after(down, ended(Outcome.DONE, 5));

        assertThat(later.word()).isEqualTo("down");
        assertThat(later.recent().count(Outcome.DONE)).isEqualTo(5);
    }

    private static InvokerHealth after(InvokerHealth state, HealthEvent event) {
        return InvokerHealth.next(state, event, NOW);
    }

    private static InvokerHealth after(InvokerHealth state, List<HealthEvent> events) {
        InvokerHealth next = state;
        for (HealthEvent each : events) {
            next = after(next, each);
        }
        return next;
    }

    private static List<HealthEvent> ended(Outcome outcome, int times) {
        return Collections.nCopies(times, new Ended(outcome));
    }
}
