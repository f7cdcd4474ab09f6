package dev.whirl.controller.api.http;

import dev.whirl.model.entity.NamespaceName;
import java.net.InetAddress;

/// Who is answerable for the memory that a request takes.
sealed interface Claimant {
    /// A caller whose credentials were good, by the namespace.
    record Known(NamespaceName namespace) implements Claimant {}

    /// Answers of the gateway's APIs, by the tenant whose API it is: whoever calls it, and however slow its
    /// targets are, the APIs of others go on.
    record Api(String tenant) implements Claimant {}

    /// Anybody else, by where the request came from.
    record Stranger(InetAddress address) implements Claimant {}
}
