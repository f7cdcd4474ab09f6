package dev.whirl.feeds.fire;

/// What became of an attempt to fire a trigger.
public sealed interface FireOutcome {
    /// It was accepted.
    ///
    /// @param activation its id; empty where no rule was active (row R-111)
    record Fired(String activation) implements FireOutcome {}

    /// The platform refused.
    record Refused(int status, String sentence) implements FireOutcome {}

    /// There was no answer.
    ///
    /// @param maySurelyRepeat whether nothing was sent
    record Unreachable(String reason, boolean maySurelyRepeat) implements FireOutcome {}
}
