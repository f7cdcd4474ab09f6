package dev.whirl.controller.place;

import dev.whirl.controller.place.RecentOutcomes.Outcome;

/// What changes how a controller thinks of an invoker.
sealed interface HealthEvent {
    /// The invoker spoke.
    ///
    /// @param takesWork false if it drains or was disabled (row I-7)
    /// @param isProven whether it need not be tried before it gets work
    record Beat(boolean takesWork, boolean isProven) implements HealthEvent {}

    /// It has said nothing for too long.
    record Silence() implements HealthEvent {}

    /// An activation on it is over, a test action or another one.
    record Ended(Outcome outcome) implements HealthEvent {}

    /// A test action is on its way to it.
    record TestSent() implements HealthEvent {}
}
