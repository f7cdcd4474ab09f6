package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallableAction;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;

/// A component of a sequence, looked up before the first one runs (row R-180).
sealed interface Component {
    record Callable(CallableAction action) implements Component {}

    /// @param sentence why, for the user
    record Missing(String sentence) implements Component {}

    /// @throws ApiException 403 if the sequence is what the caller asked for and the caller may not call its parts
    static Component of(Callees callees, Identity caller, EntityId id, boolean isTopmost) {
        try {
            return new Callable(callees.action(caller, id));
        } catch (ApiException e) {
            if (isTopmost && e.code() == ErrorCode.FORBIDDEN) {
                throw e;
            }
            return new Missing(
                    e.code() == ErrorCode.NOT_FOUND ? ActivationMessages.SEQUENCE_COMPONENT_MISSING : e.sentence());
        }
    }
}
