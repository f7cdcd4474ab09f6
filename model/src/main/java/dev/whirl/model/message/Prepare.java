package dev.whirl.model.message;

import dev.whirl.model.TransactionId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Namespace;

/// An action is likely to be invoked soon, such as the next step of a sequence: have a sandbox ready for it, if that
/// costs
/// nobody anything. A hint: it may be lost, and has no answer. Controller → invoker.
///
/// @param action the action itself, never a binding of it
/// @param revision as the controller knows it
/// @param caller the namespace that is going to invoke it
public record Prepare(TransactionId transaction, EntityId action, String revision, Namespace caller)
        implements Message {}
