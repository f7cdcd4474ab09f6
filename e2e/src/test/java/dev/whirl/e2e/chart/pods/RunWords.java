package dev.whirl.e2e.chart.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of `docker run` that make of a container's manifest what a node would.
///
/// @param names entries for its file of hosts
record RunWords(PodPlan pod, List<String> names) {
    /// By which all containers of all pods are found.
    static final String LABEL = "dev.whirl.test.chart=pod";

    RunWords {
        names = List.copyOf(names);
    }

    /// @param mounts words for its volumes
    List<String> of(Container container, PodEnvironment environment, List<String> mounts) {
        // the health check of an image counts for nothing in a cluster, and a registry is not asked
        var words =
                new ArrayList<>(List.of("run", "--detach", "--no-healthcheck", "--pull", "never", "--label", LABEL));
        words.addAll(place());
        words.addAll(rights(container));
        words.addAll(mounts);
        environment.variables().forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
        memory(container).ifPresent(bytes -> words.addAll(List.of("--memory", bytes, "--memory-swap", bytes)));
        List<String> command = environment.expanded(container.getCommand());
        if (!command.isEmpty()) {
            words.addAll(List.of("--entrypoint", command.getFirst()));
        }
        words.add(container.getImage());
        words.addAll(command.subList(Math.min(1, command.size()), command.size()));
        words.addAll(environment.expanded(container.getArgs()));
        return words;
    }

    private List<String> place() {
        var words = new ArrayList<String>();
        if (pod.isOnNode()) {
            words.addAll(List.of("--network", "host"));
        } else {
            words.addAll(List.of("--network", PodNetwork.NAME, "--ip", pod.address(), "--hostname", pod.name()));
        }
        names.forEach(each -> words.addAll(List.of("--add-host", each)));
        return words;
    }

    private List<String> rights(Container container) {
        Optional<SecurityContext> own = Optional.ofNullable(container.getSecurityContext());
        Optional<PodSecurityContext> all = Optional.ofNullable(pod.spec().getSecurityContext());
        var words = new ArrayList<String>();
        Optional<Long> user =
                own.map(SecurityContext::getRunAsUser).or(() -> all.map(PodSecurityContext::getRunAsUser));
        Optional<Long> group =
                own.map(SecurityContext::getRunAsGroup).or(() -> all.map(PodSecurityContext::getRunAsGroup));
        user.ifPresent(each -> words.addAll(
                List.of("--user", group.map(number -> each + ":" + number).orElse(each.toString()))));
        pod.group().ifPresent(each -> words.addAll(List.of("--group-add", each.toString())));
        if (own.map(SecurityContext::getPrivileged).orElse(false)) {
            words.add("--privileged");
        }
        if (own.map(SecurityContext::getReadOnlyRootFilesystem).orElse(false)) {
            words.add("--read-only");
        }
        if (own.map(SecurityContext::getAllowPrivilegeEscalation)
                .filter(each -> !each)
                .isPresent()) {
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        }
        own.map(SecurityContext::getCapabilities).ifPresent(each -> {
            each.getDrop().forEach(name -> words.addAll(List.of("--cap-drop", name)));
            each.getAdd().forEach(name -> words.addAll(List.of("--cap-add", name)));
        });
        return words;
    }

    private static Optional<String> memory(Container container) {
        Map<String, Quantity> limits = container.getResources().getLimits();
        return Optional.ofNullable(limits)
                .map(each -> each.get("memory"))
                .map(Quantity::getAmountInBytes)
                .map(BigDecimal::longValueExact)
                .map(Object::toString);
    }
}
