package dev.whirl.sandbox.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.sandbox.kubernetes.manifest.NetworkRules.WayOut;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("I-25")
class NetworkRulesTest {
    private static final PodLabels LABELS = new PodLabels("My Whirl", "invoker0", "abc");
    private static final List<NameServer> DNS = List.of(new NameServer.Pods("kube-system", "k8s-app", "kube-dns"));

    @Test
    @Tag("attack-9")
    void onlyInvokersComeIn() {
        var policy = new NetworkRules(Map.of("a", "b"), Optional.empty()).policy(LABELS);

        assertThat(policy.getMetadata().getName()).isEqualTo("whirl-functions-my-whirl");
        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(policy.getSpec().getIngress()).hasSize(1);
        assertThat(policy.getSpec()
                        .getIngress()
                        .getFirst()
                        .getFrom()
                        .getFirst()
                        .getPodSelector()
                        .getMatchLabels())
                .containsExactly(Map.entry("a", "b"));
    }

    @Test
    void withoutLabelsThereAreNoRules() {
        assertThatThrownBy(() -> new NetworkRules(Map.of(), Optional.empty()))
                .hasMessageContaining("every pod of the namespace");
    }

    @Test
    @Tag("attack-11")
    void eachWayOutHasReceiversAndThoseInsideHavePorts() {
        NetworkPolicySpec spec = spec(new WayOut(DNS, Map.of("app", "nginx"), 3_233, List.of("10.0.0.0/8")));

        assertThat(spec.getEgress())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.getTo()).isNotEmpty());
        NetworkPolicyEgressRule names = spec.getEgress().getFirst();
        assertThat(names.getTo().getFirst().getNamespaceSelector().getMatchLabels())
                .containsExactly(Map.entry("kubernetes.io/metadata.name", "kube-system"));
        assertThat(names.getTo().getFirst().getPodSelector().getMatchLabels())
                .containsExactly(Map.entry("k8s-app", "kube-dns"));
        assertThat(names.getPorts())
                .extracting(each -> each.getPort().getIntVal())
                .containsExactly(53, 53);
        assertThat(spec.getEgress().get(1).getPorts())
                .extracting(each -> each.getPort().getIntVal())
                .containsExactly(3_233);
        assertThat(spec.getEgress().getLast().getTo().getFirst().getIpBlock().getExcept())
                .containsExactly(
                        "10.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32");
    }

    @Test
    void whoIsNotNamedIsNotReached() {
        NetworkPolicySpec spec = spec(new WayOut(List.of(), Map.of(), 80, List.of()));

        assertThat(spec.getEgress()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "kube-system/k8s-app=kube-dns,Pods[namespace=kube-system; key=k8s-app; value=kube-dns]",
                "openshift-dns/dns.operator.openshift.io/daemonset-dns=default,Pods[namespace=openshift-dns; key=dns.operator.openshift.io/daemonset-dns; value=default]",
                "169.254.20.10/32,Network[cidr=169.254.20.10/32]",
                "169.254.20.10,-",
                "256.0.0.1/8,-",
                "10.0.0.0/33,-",
                "k8s-app=kube-dns,-"
            })
    void nameServersArePodsOrNetworks(String text, String meaning) {
        assertThat(NameServer.parse(text).map(each -> each.toString().replace(',', ';')))
                .isEqualTo(Optional.ofNullable(meaning));
    }

    @Test
    void labelsThatFunctionsHaveOrUsersChooseSelectFunctions() {
        Map<String, String> ofTemplate = Map.of("team", "red");

        assertThat(LABELS.mayBeOfFunctions(Map.of("release", "My-Whirl"), ofTemplate))
                .isTrue();
        assertThat(LABELS.mayBeOfFunctions(Map.of("invoker", "invoker0", "name", "x"), ofTemplate))
                .isTrue();
        assertThat(LABELS.mayBeOfFunctions(Map.of("team", "red"), ofTemplate)).isTrue();
        assertThat(LABELS.mayBeOfFunctions(Map.of("team", "red", "app", "invoker"), ofTemplate))
                .isFalse();
        assertThat(LABELS.mayBeOfFunctions(Map.of("release", "other"), ofTemplate))
                .isFalse();
    }

    private static NetworkPolicySpec spec(WayOut way) {
        return new NetworkRules(Map.of("a", "b"), Optional.of(way))
                .policy(LABELS)
                .getSpec();
    }
}
