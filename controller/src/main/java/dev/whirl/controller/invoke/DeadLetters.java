package dev.whirl.controller.invoke;

import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.message.Invocation;
import org.jspecify.annotations.Nullable;

/// Tells a namespace that all attempts of an accepted activation have failed.
public interface DeadLetters {
    /// Durable on return.
    ///
    /// @param last what was tried, with its number beyond the last attempt
    /// @param result of the last attempt; null if it is not known any more
    /// @throws dev.whirl.store.StoreException if it can't be done now
    void fire(Invocation last, @Nullable ActivationResponse result) throws InterruptedException;
}
