package dev.whirl.sandbox.process.network;

/// What code in a sandbox can reach.
public enum Network {
    /// What this machine can reach, this machine included.
    HOST,
    /// A way out to the API and the outside, never to this machine's own addresses, link-local or metadata services.
    FILTERED,
    /// Nothing.
    NONE
}
