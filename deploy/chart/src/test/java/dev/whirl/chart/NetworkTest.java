package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.kubernetes.manifest.NameServer;
import dev.whirl.sandbox.kubernetes.manifest.NetworkRules;
import dev.whirl.sandbox.kubernetes.manifest.PodLabels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Pods reach what they are told to call, and nobody else does.
class NetworkTest {
    /// A service by its short or its whole name, maybe one pod of it, and a port.
    private static final Pattern CALLED = Pattern.compile(
            "(http://)?(?:whirl-[a-z]+-[0-9]+\\.)?(whirl-[a-z-]+?)(?:\\.functions\\.svc)?(?::([0-9]+)|(?=[/\\s\"',;]|$))");
    private static final int HTTP = 80;
    private static final int SCHEME = 1;
    private static final int SERVICE = 2;
    private static final int PORT = 3;

    private record Call(String service, int port) {}

    @Test
    void everyAddressIsAServiceWithThatPort() {
        Renderings.all()
                .forEach((values, manifests) -> Workload.of(manifests)
                        .forEach(workload -> calls(manifests, workload).forEach(call -> {
                            Optional<Service> service = manifests.find(Service.class, call.service());
                            assertThat(service)
                                    .as("%s of %s in %s", call, workload.name(), values)
                                    .isPresent();
                            assertThat(service.orElseThrow().getSpec().getPorts())
                                    .as("%s of %s", call, workload.name())
                                    .extracting(ServicePort::getPort)
                                    .contains(call.port());
                        })));
    }

    @Test
    void whoCallsAPartIsLetIn() {
        Renderings.all().forEach((values, manifests) -> {
            if (manifests.find(NetworkPolicy.class, "whirl-nobody").isPresent()) {
                Workload.of(manifests)
                        .forEach(workload -> calls(manifests, workload)
                                .forEach(call -> assertThat(isLetIn(manifests, workload, call))
                                        .as("%s of %s in %s", call, workload.name(), values)
                                        .isTrue()));
            }
        });
    }

    @Test
    void theDatabaseAndTheBrokersAreForTheirPartsOnly() {
        Manifests manifests = Renderings.CHART.render();
        List<Workload> workloads = Workload.of(manifests);

        assertThat(workloads.stream().filter(each -> isLetIn(manifests, each, new Call("whirl-couchdb", 5984))))
                .extracting(Workload::part)
                .containsExactlyInAnyOrder("controller", "invoker", "feeds", "database", "catalog");
        assertThat(workloads.stream().filter(each -> isLetIn(manifests, each, new Call("whirl-kafka", 9092))))
                .extracting(Workload::part)
                .containsExactlyInAnyOrder("controller", "invoker", "kafka", "database", "catalog");
    }

    @Test
    void functionsHaveThePolicyThatAnInvokerWouldMake() {
        List<String> denied = List.of("10.0.0.0/8", "192.168.0.0/16");
        Manifests manifests =
                Renderings.CHART.render(Optional.empty(), Map.of("functions", Map.of("networkDeny", denied)));
        var wayOut = new NetworkRules.WayOut(
                List.of(new NameServer.Pods("kube-system", "k8s-app", "kube-dns")), labels("controller"), 8080, denied);
        var rules = new NetworkRules(labels("invoker"), Optional.of(wayOut));

        NetworkPolicySpec wanted =
                rules.policy(new PodLabels("whirl", "invoker0", "one")).getSpec();

        assertThat(manifests.get(NetworkPolicy.class, "whirl-functions").getSpec())
                .isEqualTo(wanted);
    }

    private static Map<String, String> labels(String part) {
        return Map.of(
                "app.kubernetes.io/name", "whirl",
                "app.kubernetes.io/instance", "whirl",
                "app.kubernetes.io/component", part);
    }

    /// What the pods of a workload are told to call within the release.
    private static Set<Call> calls(Manifests manifests, Workload workload) {
        var calls = new LinkedHashSet<Call>();
        for (String text : told(manifests, workload)) {
            Matcher matcher = CALLED.matcher(text);
            while (matcher.find()) {
                boolean isAddress = matcher.group(PORT) != null || matcher.group(SCHEME) != null;
                if (isAddress) {
                    int port = matcher.group(PORT) == null ? HTTP : Integer.parseInt(matcher.group(PORT));
                    calls.add(new Call(matcher.group(SERVICE), port));
                }
            }
        }
        return calls;
    }

    private static List<String> told(Manifests manifests, Workload workload) {
        var texts = new ArrayList<String>();
        for (Container each : workload.containers()) {
            texts.addAll(each.getArgs());
            each.getEnv().forEach(variable -> text(manifests, variable).ifPresent(texts::add));
        }
        for (Volume each : workload.pod().getVolumes()) {
            if (each.getConfigMap() != null) {
                Map<String, String> files = manifests
                        .find(ConfigMap.class, each.getConfigMap().getName())
                        .map(ConfigMap::getData)
                        .orElse(Map.of());
                files.forEach((key, file) -> {
                    if (isMounted(each, key)) {
                        texts.addAll(withoutPublic(file));
                    }
                });
            }
        }
        return texts;
    }

    private static boolean isMounted(Volume volume, String key) {
        var items = volume.getConfigMap().getItems();
        return items.isEmpty() || items.stream().anyMatch(each -> each.getKey().equals(key));
    }

    /// What callers outside are told is nothing that the pod itself calls.
    private static List<String> withoutPublic(String file) {
        return file.lines()
                .filter(each -> !each.matches("(gateway|feeds)\\.url = .*") && !each.startsWith("sandbox."))
                .toList();
    }

    private static Optional<String> text(Manifests manifests, EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return Optional.ofNullable(variable.getValue());
        }
        var key = variable.getValueFrom().getSecretKeyRef();
        return key == null
                ? Optional.empty()
                : manifests
                        .find(Secret.class, key.getName())
                        .map(each -> each.getStringData().get(key.getKey()));
    }

    private static boolean isLetIn(Manifests manifests, Workload from, Call call) {
        Map<String, String> to =
                manifests.get(Service.class, call.service()).getSpec().getSelector();
        boolean isOfTheNode = Boolean.TRUE.equals(from.pod().getHostNetwork());
        return manifests.all(NetworkPolicy.class).stream()
                .filter(each -> to.entrySet()
                        .containsAll(
                                each.getSpec().getPodSelector().getMatchLabels().entrySet()))
                .flatMap(each -> each.getSpec().getIngress().stream())
                .anyMatch(rule -> hasPort(manifests, rule, call)
                        && (rule.getFrom().isEmpty()
                                || rule.getFrom().stream()
                                        .anyMatch(peer ->
                                                isOfTheNode ? peer.getIpBlock() != null : selects(peer, from))));
    }

    /// Policies name the ports of pods, which are those of the services but for the router's.
    private static boolean hasPort(Manifests manifests, NetworkPolicyIngressRule rule, Call call) {
        String target = manifests.get(Service.class, call.service()).getSpec().getPorts().stream()
                .filter(each -> each.getPort() == call.port())
                .map(each -> each.getTargetPort().getStrVal())
                .findFirst()
                .orElseThrow();
        Map<String, String> selector =
                manifests.get(Service.class, call.service()).getSpec().getSelector();
        return Workload.of(manifests).stream()
                .filter(each -> each.matches(selector))
                .flatMap(each -> each.ports().stream())
                .filter(each -> each.getName().equals(target))
                .allMatch(each -> rule.getPorts().stream()
                        .anyMatch(port -> Integer.valueOf(each.getContainerPort())
                                .equals(port.getPort().getIntVal())));
    }

    private static boolean selects(NetworkPolicyPeer peer, Workload workload) {
        LabelSelector selector = peer.getPodSelector();
        return selector != null
                && peer.getNamespaceSelector() == null
                && workload.matches(selector.getMatchLabels())
                && selector.getMatchExpressions().stream().allMatch(each -> holds(each, workload));
    }

    private static boolean holds(LabelSelectorRequirement requirement, Workload workload) {
        return requirement.getOperator().equals("In")
                && requirement.getValues().contains(workload.labels().get(requirement.getKey()));
    }
}
