package dev.whirl.controller.invoke.compose;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationResponse;

/// One sequence or composition under way.
sealed interface Level permits SequenceLevel, CompositionLevel {
    /// What becomes its record.
    Trail trail();

    /// What to do next. Asked once before the first call and once after each [#ended].
    Next next();

    /// The call is over.
    void ended(ActivationResponse response);

    /// About how much it holds between and during calls, beside their arguments.
    long heldBytes();

    /// What to say if it makes too many calls, or lies too deep in others.
    String tooLong();

    /// What to say if a call has no result in time.
    String unanswered(ActivationId id);

    /// What to say if the platform can't make a call.
    String failed();
}
