package dev.whirl.controller.place;

import dev.whirl.controller.place.RecentOutcomes.Outcome;
import java.time.Duration;
import java.time.Instant;

/// How a controller thinks of one invoker (rows I-14, R-171). Only one that is [Up] gets work.
///
/// | state | event | next |
/// |---|---|---|
/// | new, down | beat, proven | up; sick if the last outcomes say so |
/// | new, down | beat, not proven | unhealthy until a test action comes back |
/// | any | beat of one that takes no work | down |
/// | any but down | silence | down |
/// | up | outcome | unhealthy with more than 3 system errors of 10, unresponsive with more than 3 timeouts |
/// | unhealthy, unresponsive | outcome without fault | up if the last outcomes are good, else the next test at once |
/// | unhealthy, unresponsive | other outcome | the same, or the other of the two |
/// | unhealthy, unresponsive | test sent | the next test is due later, each time twice as late, a minute at most |
/// | down | outcome | down: it only counts |
public sealed interface InvokerHealth {
    /// Faults of one sort among the last outcomes that an invoker may have.
    int TOLERANCE = 3;

    Duration FIRST_TEST_PAUSE = Duration.ofSeconds(1);
    Duration LONGEST_TEST_PAUSE = Duration.ofMinutes(1);

    /// The state's name, as in `GET /invokers`.
    String word();

    /// Why it is so, in words for operators; empty if it is up.
    String reason();

    /// What came of its last activations.
    RecentOutcomes recent();

    record Up(RecentOutcomes recent) implements InvokerHealth {
        @Override
        public String word() {
            return "up";
        }

        @Override
        public String reason() {
            return "";
        }
    }

    /// Test actions are sent until it proves itself.
    sealed interface Sick extends InvokerHealth {
        TestPlan plan();
    }

    record Unhealthy(RecentOutcomes recent, TestPlan plan) implements Sick {
        @Override
        public String word() {
            return "unhealthy";
        }

        @Override
        public String reason() {
            int errors = recent.count(Outcome.SYSTEM_ERROR);
            return errors > TOLERANCE
                    ? "it was at fault in %d of its last %d activations"
                            .formatted(errors, recent.outcomes().size())
                    : "it has not shown yet that it can run an action";
        }
    }

    record Unresponsive(RecentOutcomes recent, TestPlan plan) implements Sick {
        @Override
        public String word() {
            return "unresponsive";
        }

        @Override
        public String reason() {
            return "nothing was heard of %d of its last %d activations"
                    .formatted(recent.count(Outcome.TIMEOUT), recent.outcomes().size());
        }
    }

    /// @param isSilent whether it says nothing, instead of saying that it takes no work
    record Down(RecentOutcomes recent, boolean isSilent) implements InvokerHealth {
        @Override
        public String word() {
            return "down";
        }

        @Override
        public String reason() {
            return isSilent ? "it sends no heartbeats" : "it drains or was disabled: it says that it takes no work";
        }
    }

    /// When a test action is to be sent.
    ///
    /// @param pause until the one after it, if it does not come back well
    record TestPlan(Instant dueAt, Duration pause) {
        static TestPlan atOnce(Instant now) {
            return new TestPlan(now, FIRST_TEST_PAUSE);
        }

        TestPlan sent(Instant now) {
            Duration twice = pause.multipliedBy(2);
            return new TestPlan(now.plus(pause), twice.compareTo(LONGEST_TEST_PAUSE) > 0 ? LONGEST_TEST_PAUSE : twice);
        }
    }

    /// Of an invoker that was never heard of before.
    static InvokerHealth first(HealthEvent.Beat beat, Instant now) {
        return next(new Down(RecentOutcomes.NONE, true), beat, now);
    }

    static InvokerHealth next(InvokerHealth state, HealthEvent event, Instant now) {
        return switch (event) {
            case HealthEvent.Beat beat -> heard(state, beat, now);
            case HealthEvent.Silence _ -> state instanceof Down ? state : new Down(state.recent(), true);
            case HealthEvent.Ended(Outcome outcome) -> ended(state, outcome, now);
            case HealthEvent.TestSent _ -> tested(state, now);
        };
    }

    private static InvokerHealth heard(InvokerHealth state, HealthEvent.Beat beat, Instant now) {
        if (!beat.takesWork()) {
            return new Down(state.recent(), false);
        }
        if (!(state instanceof Down)) {
            return state;
        }
        return beat.isProven() ? judged(state.recent(), now) : new Unhealthy(state.recent(), TestPlan.atOnce(now));
    }

    private static InvokerHealth ended(InvokerHealth state, Outcome outcome, Instant now) {
        RecentOutcomes recent = state.recent().with(outcome);
        return switch (state) {
            case Up up -> recent.equals(up.recent()) ? up : judged(recent, now);
            case Sick sick -> endedWhileSick(sick, recent, outcome, now);
            case Down down -> new Down(recent, down.isSilent());
        };
    }

    private static InvokerHealth endedWhileSick(Sick state, RecentOutcomes recent, Outcome outcome, Instant now) {
        InvokerHealth judged = judged(recent, now);
        if (outcome == Outcome.DONE) {
            return judged;
        }
        return switch (judged) {
            case Up _ -> stillSick(state, recent);
            case Unhealthy other -> state instanceof Unhealthy ? stillSick(state, recent) : other;
            case Unresponsive other -> state instanceof Unresponsive ? stillSick(state, recent) : other;
            case Down down -> down;
        };
    }

    /// A fault puts no test off and brings none forward.
    private static InvokerHealth stillSick(Sick state, RecentOutcomes recent) {
        return switch (state) {
            case Unhealthy sick -> new Unhealthy(recent, sick.plan());
            case Unresponsive sick -> new Unresponsive(recent, sick.plan());
        };
    }

    private static InvokerHealth judged(RecentOutcomes recent, Instant now) {
        if (recent.count(Outcome.SYSTEM_ERROR) > TOLERANCE) {
            return new Unhealthy(recent, TestPlan.atOnce(now));
        }
        return recent.count(Outcome.TIMEOUT) > TOLERANCE
                ? new Unresponsive(recent, TestPlan.atOnce(now))
                : new Up(recent);
    }

    private static InvokerHealth tested(InvokerHealth state, Instant now) {
        return switch (state) {
            case Unhealthy sick -> new Unhealthy(sick.recent(), sick.plan().sent(now));
            case Unresponsive sick ->
                new Unresponsive(sick.recent(), sick.plan().sent(now));
            case Up _, Down _ -> state;
        };
    }
}
