package dev.whirl.invoker.pool;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.sandbox.SandboxSpec;

/// Sandboxes to keep ready before anybody asks (row I-23).
///
/// @param count how many of them
public record StemCell(SandboxSpec spec, int count) {
    public StemCell {
        require(count >= 0, "negative count %d", count);
    }

    /// What a stem cell can become: any action of this runtime and image, of any memory size.
    record Species(String runtime, String image) {
        static Species of(SandboxSpec spec) {
            return new Species(spec.runtime(), spec.image());
        }
    }
}
