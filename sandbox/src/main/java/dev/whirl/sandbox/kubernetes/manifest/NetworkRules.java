package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.sandbox.http.HttpRuntime;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Who reaches the pods of functions, and whom they reach: one network policy for the installation.
///
/// @param invokers labels of the pods that may come in; at least one: none would mean any pod of
///     the namespace
/// @param wayOut empty if functions reach whatever the cluster lets them
public record NetworkRules(Map<String, String> invokers, Optional<WayOut> wayOut) {
    /// Where clouds tell machines who they are: link-local addresses, and those of Azure, Alibaba and
    /// Oracle. Nobody has business there, whatever else is allowed.
    private static final List<String> METADATA =
            List.of("169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32");

    private static final int NAMES_PORT = 53;
    private static final Pattern NETWORK =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)/(3[0-2]|[12]?\\d)");

    public NetworkRules {
        invokers = Map.copyOf(invokers);
        if (invokers.isEmpty()) {
            throw new IllegalArgumentException("without labels every pod of the namespace is an invoker");
        }
    }

    /// What functions reach: these, and the outside.
    ///
    /// @param api labels of the API's pods; empty for none
    /// @param apiPort that those listen on
    /// @param denied networks that are not the outside
    public record WayOut(List<NameServer> nameServers, Map<String, String> api, int apiPort, List<String> denied) {
        public WayOut {
            nameServers = List.copyOf(nameServers);
            api = Map.copyOf(api);
            denied = List.copyOf(denied);
        }
    }

    /// Whether a text is a network of IPv4, as `10.0.0.0/8`.
    public static boolean isNetwork(String text) {
        return NETWORK.matcher(text).matches();
    }

    public NetworkPolicy policy(PodLabels labels) {
        var policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(Names.dnsLabel("whirl-functions-" + labels.installation()))
                .withLabels(labels.ofShared())
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(labels.ofInstallation())
                .endPodSelector()
                .withPolicyTypes(wayOut.isPresent() ? List.of("Ingress", "Egress") : List.of("Ingress"))
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(invokers)
                .endPodSelector()
                .endFrom()
                .withPorts(port("TCP", HttpRuntime.PORT))
                .endIngress();
        wayOut.ifPresent(way -> policy.withEgress(egress(way)));
        return policy.endSpec().build();
    }

    private static List<NetworkPolicyEgressRule> egress(WayOut way) {
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        if (!way.nameServers().isEmpty()) { // a rule without a receiver is one for all
            rules.add(new NetworkPolicyEgressRuleBuilder()
                    .withTo(way.nameServers().stream().map(NameServer::peer).toList())
                    .withPorts(port("UDP", NAMES_PORT), port("TCP", NAMES_PORT))
                    .build());
        }
        if (!way.api().isEmpty()) {
            rules.add(new NetworkPolicyEgressRuleBuilder()
                    .addNewTo()
                    .withNewPodSelector()
                    .withMatchLabels(way.api())
                    .endPodSelector()
                    .endTo()
                    .withPorts(port("TCP", way.apiPort()))
                    .build());
        }
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("0.0.0.0/0")
                .withExcept(Stream.concat(way.denied().stream(), METADATA.stream())
                        .distinct()
                        .toList())
                .endIpBlock()
                .endTo()
                .build());
        return rules;
    }

    private static NetworkPolicyPort port(String protocol, int number) {
        var port = new NetworkPolicyPort();
        port.setProtocol(protocol);
        port.setPort(new IntOrString(number));
        return port;
    }
}
