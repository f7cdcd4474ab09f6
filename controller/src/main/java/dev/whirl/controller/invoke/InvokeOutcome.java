package dev.whirl.controller.invoke;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;

/// What a caller who waited gets.
public sealed interface InvokeOutcome {
    /// @param activation the record, without logs
    record Finished(Activation activation) implements InvokeOutcome {}

    /// It goes on; it was accepted and will have a record.
    record StillRunning(ActivationId id) implements InvokeOutcome {}
}
