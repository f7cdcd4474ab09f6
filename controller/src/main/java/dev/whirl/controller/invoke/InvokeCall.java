package dev.whirl.controller.invoke;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of an action by a user who may make it.
///
/// @param payload an object
/// @param lockedPayload names of what is encrypted in the payload, and by which algorithm (row I-55)
/// @param cause the sequence or composition that it is a step of
/// @param admission counts the call as in flight; handed over when it is under way
public record InvokeCall(
        TransactionId transaction,
        Identity caller,
        CallableAction action,
        RawJson payload,
        Map<String, String> lockedPayload,
        Admission admission,
        @Nullable ActivationId cause) {
    public InvokeCall {
        lockedPayload = Map.copyOf(lockedPayload);
    }

    public InvokeCall(
            TransactionId transaction,
            Identity caller,
            CallableAction action,
            RawJson payload,
            Admission admission,
            @Nullable ActivationId cause) {
        this(transaction, caller, action, payload, Map.of(), admission, cause);
    }
}
