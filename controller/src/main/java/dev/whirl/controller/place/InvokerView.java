package dev.whirl.controller.place;

import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.InvokerId;
import java.util.Set;

/// One invoker as placing sees it, for one action.
///
/// @param freeBytes memory that is neither busy nor promised
/// @param warmPlaces free places in warm sandboxes of the action
/// @param knowsAction whether it has sandboxes of the action, or soon will
/// @param inFlight what it holds, running or queued
/// @param maxInFlight most that it may hold
/// @param traits what sets it apart from others
public record InvokerView(
        InvokerId id,
        long freeBytes,
        int warmPlaces,
        boolean knowsAction,
        int inFlight,
        int maxInFlight,
        Traits traits) {
    /// @param poolBytes memory of all its sandboxes together
    /// @param tags resources that it has (row A-9)
    /// @param namespaces the only ones that it works for; none: it works for all
    public record Traits(long poolBytes, Set<String> tags, Set<String> namespaces) {
        public static final Traits PLAIN = new Traits(Long.MAX_VALUE, Set.of(), Set.of());

        public Traits {
            tags = Set.copyOf(tags);
            namespaces = Set.copyOf(namespaces);
        }

        static Traits of(Heartbeat heartbeat) {
            return new Traits(
                    heartbeat.poolMemory().bytes(),
                    heartbeat.traits().tags(),
                    heartbeat.traits().dedicatedNamespaces());
        }
    }

    /// Of an invoker like most.
    public InvokerView(
            InvokerId id, long freeBytes, int warmPlaces, boolean knowsAction, int inFlight, int maxInFlight) {
        this(id, freeBytes, warmPlaces, knowsAction, inFlight, maxInFlight, Traits.PLAIN);
    }

    boolean canQueue() {
        return inFlight < maxInFlight;
    }

    boolean hasRoomFor(long memoryBytes) {
        return canQueue() && freeBytes >= memoryBytes;
    }
}
