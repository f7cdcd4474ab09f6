package dev.whirl.controller.directory;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;

/// Whether callers may read what others made public, or only call and bind it (row R-72).
///
/// @param isForbidden whether packages of others can't be read
public record SharedReading(boolean isForbidden) {
    /// @throws ApiException 403
    public void require(Identity caller, ReadablePackage found) {
        if (!isRefused(caller, found.contents().id())) {
            return;
        }
        String name = found.named().id().name().value();
        throw refused(
                found.isBinding() ? Messages.sharedBindingUnreadable(name) : Messages.sharedPackageUnreadable(name));
    }

    /// @param asked as the caller named the action
    /// @throws ApiException 403
    public void require(Identity caller, EntityId asked, CallableAction found) {
        if (isRefused(caller, found.action().id())) {
            throw refused(
                    found.binding() == null
                            ? Messages.sharedActionUnreadable(asked.path())
                            : Messages.sharedBindingActionUnreadable(asked.toString()));
        }
    }

    private boolean isRefused(Identity caller, EntityId owned) {
        return isForbidden && !caller.namespace().name().equals(owned.namespace());
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ErrorCode.FORBIDDEN, sentence);
    }
}
