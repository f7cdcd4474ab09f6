package dev.whirl.sandbox.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom functions may ask what a name's address is.
public sealed interface NameServer {
    /// Pods of a namespace with this label.
    record Pods(String namespace, String key, String value) implements NameServer {}

    /// Whoever is in this network: the node's own name server, for one.
    record Network(String cidr) implements NameServer {}

    Pattern PODS = Pattern.compile("([a-z0-9-]+)/([A-Za-z0-9._/-]+)=([A-Za-z0-9._-]+)");

    /// Reads `NAMESPACE/KEY=VALUE` or a network such as `169.254.20.10/32`.
    static Optional<NameServer> parse(String text) {
        Matcher pods = PODS.matcher(text);
        if (pods.matches()) {
            return Optional.of(new Pods(pods.group(1), pods.group(2), pods.group(3)));
        }
        return NetworkRules.isNetwork(text) ? Optional.of(new Network(text)) : Optional.empty();
    }

    /// As a network policy names it.
    default NetworkPolicyPeer peer() {
        return switch (this) {
            case Pods(var namespace, var key, var value) ->
                new NetworkPolicyPeerBuilder()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                        .endNamespaceSelector()
                        .withNewPodSelector()
                        .addToMatchLabels(key, value)
                        .endPodSelector()
                        .build();
            case Network(var cidr) ->
                new NetworkPolicyPeerBuilder()
                        .withNewIpBlock()
                        .withCidr(cidr)
                        .endIpBlock()
                        .build();
        };
    }
}
