package dev.whirl.controller.api.http;

import dev.whirl.model.entity.NamespaceName;
import java.net.InetAddress;

/// Who is answerable for the memory that a request takes.
sealed interface Claimant {
    /// A caller whose credentials were good, by the namespace.
    record Known(NamespaceName namespace) implements Claimant {}

    /// Answers of the gateway's APIs, by the tenant whose API it is and by what answers: whoever calls it, the APIs of
    /// others go on, and so do the tenant's own with other targets.
    record Api(String tenant, String target) implements Claimant {}

    /// Anybody else, by where the request came from.
    record Stranger(InetAddress address) implements Claimant {}
}
