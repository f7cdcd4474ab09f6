package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.sandbox.image.ImageSettings;
import dev.whirl.sandbox.kubernetes.manifest.NameServer;
import dev.whirl.sandbox.kubernetes.manifest.NetworkRules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may call functions, and whom they reach.
///
/// @param rules empty if that is not the invoker's affair
public record PodNetworkConfig(Optional<NetworkRules> rules) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// What network policy is made.
    enum Policy {
        /// Only invokers come in; functions reach name servers, the API and the outside.
        FILTERED,
        /// Only invokers come in.
        INGRESS,
        /// None: whoever installed the platform made one, or does without.
        NONE
    }

    /// @param prefix of the keys, with a dot at its end
    /// @param apiHost address of the API as pods reach it
    static PodNetworkConfig read(ConfigReader reader, String prefix, String apiHost) {
        Policy policy = reader.choice(
                prefix + "network-policy",
                Policy.FILTERED,
                "The network policy that the invoker makes: only invokers come in and functions reach the API and"
                        + " the outside, only invokers come in, or none at all.");
        NetworkRules.WayOut wayOut = wayOut(reader, prefix, apiHost);
        Map<String, String> invokers = labels(
                reader,
                prefix + "invoker-labels",
                "app.kubernetes.io/component=invoker",
                "Labels of the invokers' pods, for the network policy: at least one.");
        if (policy == Policy.NONE) {
            return new PodNetworkConfig(Optional.empty());
        }
        if (invokers.isEmpty()) {
            reader.problem(prefix + "invoker-labels: name a label of the invokers' pods; without one every pod of the"
                    + " namespace could call functions");
            return new PodNetworkConfig(Optional.empty());
        }
        return new PodNetworkConfig(Optional.of(
                new NetworkRules(invokers, policy == Policy.FILTERED ? Optional.of(wayOut) : Optional.empty())));
    }

    private static NetworkRules.WayOut wayOut(ConfigReader reader, String prefix, String apiHost) {
        Map<String, String> api = labels(
                reader,
                prefix + "api-labels",
                "",
                "Labels of the pods in the same namespace that api-host leads to, for the network policy.");
        int port = (int) reader.number(
                prefix + "api-port",
                0,
                0,
                65_535,
                "Port that those pods listen on, for the network policy; 0: that of api-host.");
        return new NetworkRules.WayOut(
                nameServers(reader, prefix + "name-servers"),
                api,
                port == 0 ? port(apiHost) : port,
                denied(reader, prefix + "network-deny"));
    }

    private static List<NameServer> nameServers(ConfigReader reader, String key) {
        var servers = new ArrayList<NameServer>();
        for (String word : ImageSettings.words(reader.text(
                key,
                "kube-system/k8s-app=kube-dns",
                "The cluster's name servers, the only ones that functions may ask with network-policy=filtered:"
                        + " NAMESPACE/KEY=VALUE for pods, or networks such as 169.254.20.10/32."))) {
            NameServer.parse(word)
                    .ifPresentOrElse(
                            servers::add,
                            () -> reader.problem("%s: '%s' is neither NAMESPACE/KEY=VALUE nor a network of IPv4 such as"
                                            .formatted(key, word)
                                    + " 169.254.20.10/32"));
        }
        return servers;
    }

    private static List<String> denied(ConfigReader reader, String key) {
        List<String> denied = ImageSettings.words(reader.text(
                key,
                "10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.0.0.0/24, 192.168.0.0/16, 198.18.0.0/15",
                "Networks that functions can't reach with network-policy=filtered, besides metadata addresses,"
                        + " which they never can."));
        denied.stream()
                .filter(each -> !NetworkRules.isNetwork(each))
                .forEach(each ->
                        reader.problem("%s: '%s' is no network of IPv4 such as 10.0.0.0/8".formatted(key, each)));
        return denied;
    }

    private static Map<String, String> labels(ConfigReader reader, String key, String fallback, String meaning) {
        return ImageSettings.pairs(reader, key, reader.text(key, fallback, meaning), "KEY=VALUE");
    }

    private static int port(String apiHost) {
        try {
            URI address = URI.create(apiHost);
            int standard = "https".equals(address.getScheme()) ? HTTPS : HTTP;
            return address.getPort() < 0 ? standard : address.getPort();
        } catch (IllegalArgumentException e) {
            return HTTP;
        }
    }
}
