package dev.whirl.controller.invoke.compose;

import dev.whirl.controller.directory.CallRules;
import dev.whirl.controller.directory.CallableAction;
import dev.whirl.controller.directory.Resolver;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;

/// What a sequence or composition may call: only what its caller could call without it.
public record Callees(Resolver resolver, CallRules rules) {
    /// @throws dev.whirl.model.ApiException 400, 403 or 404; 409 if the name belongs to something else
    CallableAction action(Identity caller, EntityId id) {
        CallableAction action = resolver.action(caller, id);
        rules.check(caller, action);
        return action;
    }
}
