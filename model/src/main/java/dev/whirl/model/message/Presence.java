package dev.whirl.model.message;

/// A controller is there, told each second: controller → every controller. What one leaves that has fallen silent is
/// taken over by the others, and quotas are shared among those that are there.
///
/// @param isLeaving it stops: nobody should count on it any more
public record Presence(ControllerId controller, boolean isLeaving) implements Message {}
