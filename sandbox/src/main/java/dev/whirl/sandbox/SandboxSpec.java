package dev.whirl.sandbox;

import dev.whirl.common.units.ByteSize;

/// What sandbox to start.
///
/// @param runtime the runtime's own kind as the manifest names it (`nodejs:20`, `native`), never an alias
/// @param image the image, for backends that run images
/// @param memory hard limit
/// @param label for people who look at processes: letters, digits, dashes; it tells nothing secret
public record SandboxSpec(String runtime, String image, ByteSize memory, String label) {
    /// The kind of users' own images.
    public static final String BLACKBOX = "blackbox";

    /// Whether its image is one that a user named.
    public boolean isOfUser() {
        return runtime.equals(BLACKBOX);
    }
}
