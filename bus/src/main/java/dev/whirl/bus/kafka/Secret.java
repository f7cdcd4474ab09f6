package dev.whirl.bus.kafka;

/// A password. Prints as dots.
///
/// @param reveal the password itself
public record Secret(String reveal) {
    public static final Secret NONE = new Secret("");

    public boolean isEmpty() {
        return reveal.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "…";
    }
}
