package dev.whirl.model.message;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.RetryPolicy;
import org.jspecify.annotations.Nullable;

/// Which of several attempts an invocation is.
///
/// @param number 1 for the first; one more than there may be stands for the trigger that tells of the last one's
/// failure
/// @param previous the attempt that has to fail first; null for the first
public record Attempt(int number, @Nullable ActivationId previous, RetryPolicy policy) {
    public Attempt {
        require(number >= 1 && (previous == null) == (number == 1), "attempt %d after %s", number, previous);
    }

    public static Attempt first(RetryPolicy policy) {
        return new Attempt(1, null, policy);
    }

    /// Whether it is no attempt any more but what comes of the last one's failure.
    public boolean isDeadLetter() {
        return number > policy.attempts();
    }

    /// Whether something follows if it fails.
    public boolean hasNext() {
        return number < policy.attempts() || (number == policy.attempts() && policy.deadLetter() != null);
    }
}
