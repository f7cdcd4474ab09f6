package dev.whirl.e2e.chart.pods;

import dev.whirl.chart.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One pod that is to be.
///
/// @param name of the pod
/// @param namespace that it is in
/// @param workload what makes it
/// @param address that it has
record PodPlan(String name, String namespace, Workload workload, String address) {
    private static final String HOOK = "helm.sh/hook";

    PodSpec spec() {
        return workload.pod();
    }

    /// The one container that is left when those before it have ended.
    Container container() {
        List<Container> all = spec().getContainers();
        if (all.size() != 1) {
            throw new IllegalStateException("%s has %d containers, and one is expected".formatted(name, all.size()));
        }
        return all.getFirst();
    }

    /// Whether it is on the network of its node.
    boolean isOnNode() {
        return Boolean.TRUE.equals(spec().getHostNetwork());
    }

    /// Whether it ends by itself.
    boolean isEnding() {
        return spec().getRestartPolicy() != null && !spec().getRestartPolicy().equals("Always");
    }

    /// Whether it is there for `helm test`.
    boolean isTest() {
        return Optional.ofNullable(workload.object().getMetadata().getAnnotations())
                .map(each -> each.get(HOOK))
                .filter("test"::equals)
                .isPresent();
    }

    /// Whether a Service leads to it.
    boolean isBehind(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        return !isEnding() && workload.matches(selector);
    }

    /// Where a port of a Service leads.
    InetSocketAddress target(ServicePort port) {
        String wanted = port.getTargetPort().getStrVal();
        int number = wanted == null ? port.getTargetPort().getIntVal() : port(wanted);
        return new InetSocketAddress(address, number);
    }

    /// The port of its container that has a name.
    int port(String portName) {
        return container().getPorts().stream()
                .filter(each -> portName.equals(each.getName()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("%s has no port that is called %s".formatted(name, portName)))
                .getContainerPort();
    }

    /// Its group, which volumes belong to; empty if its specification names none.
    Optional<Long> group() {
        return Optional.ofNullable(spec().getSecurityContext()).map(each -> each.getFsGroup());
    }
}
