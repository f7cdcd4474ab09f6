package dev.whirl.controller.place;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.EntityId;

/// What placing needs to know of an invocation.
///
/// @param memoryBytes of a sandbox of the action
/// @param concurrency activations that share a sandbox
public record PlacementRequest(EntityId action, long memoryBytes, int concurrency) {
    public static PlacementRequest of(Action action) {
        return new PlacementRequest(
                action.id(), action.limits().memory().bytes(), action.limits().concurrency());
    }

    /// What one activation weighs on an invoker.
    long shareBytes() {
        return memoryBytes / concurrency;
    }
}
