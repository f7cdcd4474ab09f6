package dev.whirl.invoker;

import dev.whirl.invoker.run.Executable;
import dev.whirl.model.activation.ActivationResponse;

/// What was found for an invocation.
sealed interface Lookup {
    /// It can be run.
    record Found(Executable executable) implements Lookup {}

    /// It can't; the response says why.
    record NotFound(ActivationResponse response) implements Lookup {}

    /// The action is there, but it is not executed: nothing here can, or its limits are beyond those of the caller.
    record NotExecutable(dev.whirl.model.entity.Action action, ActivationResponse response) implements Lookup {}
}
