package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;

/// The way of a step to an invoker and back.
public interface Steps {
    /// One call of an action on behalf of a sequence or composition.
    ///
    /// @param payload an object or an array
    /// @param lockedPayload names of what is encrypted in the payload, and by which algorithm (row I-55)
    /// @param cause the sequence or composition
    record StepCall(
            TransactionId transaction,
            Identity caller,
            CallableAction action,
            RawJson payload,
            Map<String, String> lockedPayload,
            ActivationId cause) {}

    /// A step that is under way. Closing it gives up waiting; the step itself goes on.
    interface Step extends AutoCloseable {
        ActivationId id();

        /// Waits for its record until then; may be called again, from another thread too.
        ///
        /// @param deadlineNanos on the scale of [System#nanoTime()]
        Optional<Activation> await(long deadlineNanos) throws InterruptedException;

        @Override
        void close();
    }

    /// Sends it. It is never throttled and counts as in flight until it ends.
    ///
    /// @throws dev.whirl.model.ApiException 503 if no invoker takes it
    Step begin(StepCall call) throws InterruptedException;

    /// Lets a sandbox be made ready for an action that is called next, if there is none yet. A hint.
    void prepare(TransactionId transaction, Identity caller, CallableAction next);
}
