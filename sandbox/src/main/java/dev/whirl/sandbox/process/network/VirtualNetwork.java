package dev.whirl.sandbox.process.network;

/// Addresses that slirp4netns has by default, the same in every sandbox.
final class VirtualNetwork {
    /// All of them.
    static final String RANGE = "10.0.2.0/24";

    /// Leads to the loopback address of this machine.
    static final String HOST = "10.0.2.2";

    /// Leads to the name server of this machine, wherever that is.
    static final String NAMES = "10.0.2.3";

    static final String DEVICE = "tap0";

    private VirtualNetwork() {}
}
