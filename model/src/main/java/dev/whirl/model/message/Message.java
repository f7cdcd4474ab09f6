package dev.whirl.model.message;

/// Anything that one process of the platform says to another.
public sealed interface Message
        permits Invocation,
                Prepare,
                ActivationResult,
                SlotFree,
                Returned,
                Heartbeat,
                Presence,
                EntityChanged,
                IdentitiesChanged,
                UserEvent {}
