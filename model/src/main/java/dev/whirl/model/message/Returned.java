package dev.whirl.model.message;

import dev.whirl.model.activation.ActivationId;

/// An invoker gives an invocation back that it has not begun, because it stops: it is to go to another one: invoker →
/// controller.
public record Returned(ActivationId id, InvokerId invoker) implements Message {}
