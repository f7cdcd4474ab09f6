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
import java.util.stream.Stream;

/// Who reaches the pods of functions, and whom they reach: one network policy for the installation.
///
/// @param invokers labels of the pods that may come in
/// @param api labels of the pods that functions may call besides the outside; empty for none
/// @param filtersWayOut whether functions reach name servers, the API and the outside only
/// @param denied networks that are not the outside
public record NetworkRules(
        Map<String, String> invokers, Map<String, String> api, boolean filtersWayOut, List<String> denied) {
    /// Metadata of clouds; nobody has business there.
    private static final String LINK_LOCAL = "169.254.0.0/16";

    private static final int NAMES_PORT = 53;

    public NetworkRules {
        invokers = Map.copyOf(invokers);
        api = Map.copyOf(api);
        denied = List.copyOf(denied);
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
                .withPolicyTypes(filtersWayOut ? List.of("Ingress", "Egress") : List.of("Ingress"))
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(invokers)
                .endPodSelector()
                .endFrom()
                .withPorts(port("TCP", HttpRuntime.PORT))
                .endIngress();
        return (filtersWayOut ? policy.withEgress(egress()) : policy).endSpec().build();
    }

    private List<NetworkPolicyEgressRule> egress() {
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withPorts(port("UDP", NAMES_PORT), port("TCP", NAMES_PORT))
                .build());
        if (!api.isEmpty()) {
            rules.add(new NetworkPolicyEgressRuleBuilder()
                    .addNewTo()
                    .withNewPodSelector()
                    .withMatchLabels(api)
                    .endPodSelector()
                    .endTo()
                    .build());
        }
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withNewIpBlock()
                .withCidr("0.0.0.0/0")
                .withExcept(Stream.concat(denied.stream(), Stream.of(LINK_LOCAL))
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
