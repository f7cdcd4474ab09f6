package dev.whirl.gateway.route;

/// Two operations that the same requests would be for.
///
/// @param route verb and path
/// @param other name of the API that has it already; empty if it is the same API
public record Collision(String route, String other) {
    /// A sentence for the author of the second.
    public String sentence() {
        return other.isEmpty()
                ? "%s is there twice".formatted(route)
                : "%s collides with the same route of API '%s'".formatted(route, other);
    }
}
