package dev.whirl.controller.invoke.compose;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.message.Invocation;

/// Where the records of sequences and compositions go.
public interface CompositionRecords {
    /// Takes the record of the parent itself or of a sequence or composition inside of it. Never throws for a store
    /// that is out of reach.
    void keep(Invocation parent, Activation record);
}
