package dev.whirl.sandbox.docker.network;

/// What containers reach.
public enum ContainerNetwork {
    /// The outside, but no private network, no metadata address, and of this machine nothing but the API.
    FILTERED,
    /// Whatever the engine's machine reaches, but no other container.
    OPEN,
    /// Nothing.
    NONE
}
