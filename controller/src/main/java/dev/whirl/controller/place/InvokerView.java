package dev.whirl.controller.place;

import dev.whirl.model.message.InvokerId;

/// One invoker as placing sees it, for one action.
///
/// @param freeBytes memory that is neither busy nor promised
/// @param warmPlaces free places in warm sandboxes of the action
/// @param knowsAction whether it has sandboxes of the action, or soon will
/// @param inFlight what it holds, running or queued
/// @param maxInFlight most that it may hold
public record InvokerView(
        InvokerId id, long freeBytes, int warmPlaces, boolean knowsAction, int inFlight, int maxInFlight) {
    boolean canQueue() {
        return inFlight < maxInFlight;
    }

    boolean hasRoomFor(long memoryBytes) {
        return canQueue() && freeBytes >= memoryBytes;
    }
}
