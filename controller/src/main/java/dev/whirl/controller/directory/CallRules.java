package dev.whirl.controller.directory;

import dev.whirl.model.identity.Identity;

/// What must hold for an action to be called, by itself or as a part of others, beside that the caller may use it.
public interface CallRules {
    /// @throws dev.whirl.model.ApiException if it may not be called
    void check(Identity caller, CallableAction action);
}
