package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.kubernetes.api.Permission;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What pods may do, what they take, and how the cluster learns how they are.
class PodsTest {
    /// Paths that answer, by the part that answers.
    private static final Map<String, Set<String>> PATHS = Map.of(
            "controller", Set.of("/ping", "/ready"),
            "standalone", Set.of("/ping", "/ready"),
            "invoker", Set.of("/ping", "/ready"),
            "gateway", Set.of("/ping", "/ready"),
            "feeds", Set.of("/ping", "/ready"),
            "router", Set.of("/health"),
            "couchdb", Set.of("/_up"),
            "zookeeper", Set.of("/commands/ruok"));

    private static Stream<Workload> workloads() {
        return Renderings.all().values().stream().flatMap(each -> Workload.of(each).stream());
    }

    private static boolean hasEngine(Workload workload) {
        return Boolean.TRUE.equals(workload.pod().getHostNetwork());
    }

    @Test
    void podsKeepToTheRestrictedStandardButThoseWithTheEnginesSocket() {
        workloads().filter(each -> !hasEngine(each)).forEach(each -> {
            PodSpec pod = each.pod();
            assertThat(pod.getSecurityContext().getRunAsNonRoot())
                    .as(each.name())
                    .isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getVolumes()).as(each.name()).allMatch(volume -> volume.getHostPath() == null);
            assertThat(each.containers()).as(each.name()).allSatisfy(PodsTest::isRestricted);
        });
    }

    private static void isRestricted(Container container) {
        var context = container.getSecurityContext();
        assertThat(context.getAllowPrivilegeEscalation()).isFalse();
        assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(context.getCapabilities().getAdd()).isEmpty();
        assertThat(context.getPrivileged()).isNull();
        assertThat(context.getRunAsUser()).isNull();
        assertThat(context.getReadOnlyRootFilesystem())
                .as(container.getName())
                .isEqualTo(!container.getName().equals("couchdb"));
    }

    @Test
    void onlyWhoAsksTheApiServerHasAToken() {
        workloads()
                .forEach(each -> assertThat(each.pod().getAutomountServiceAccountToken())
                        .as(each.name())
                        .isEqualTo(List.of("invoker", "standalone").contains(each.part()) && !hasEngine(each)));
    }

    @Test
    void variablesOfServicesCanNotBeMistakenForSettings() {
        workloads()
                .forEach(each -> assertThat(each.pod().getEnableServiceLinks())
                        .as(each.name())
                        .isFalse());
    }

    @Test
    void everyContainerAsksForProcessorsAndMemoryAndHasABoundOfMemory() {
        workloads().flatMap(each -> each.containers().stream()).forEach(each -> {
            assertThat(each.getResources().getRequests()).as(each.getName()).containsKeys("cpu", "memory");
            assertThat(each.getResources().getLimits()).as(each.getName()).containsKey("memory");
        });
    }

    @Test
    void whatRunsAllTheTimeIsProbedAtPathsThatAnswer() {
        workloads().filter(each -> !each.selector().isEmpty()).forEach(each -> {
            Container main = each.pod().getContainers().getFirst();
            assertThat(main.getReadinessProbe()).as(each.name()).isNotNull();
            assertThat(main.getLivenessProbe()).as(each.name()).isNotNull();
            Stream.of(main.getStartupProbe(), main.getReadinessProbe(), main.getLivenessProbe())
                    .filter(Objects::nonNull)
                    .map(Probe::getHttpGet)
                    .filter(Objects::nonNull)
                    .forEach(get -> assertThat(PATHS.getOrDefault(each.part(), Set.of()))
                            .as(each.name())
                            .contains(get.getPath()));
        });
    }

    @Test
    void theRoutersProbeIsAnsweredByItself() {
        assertThat(Renderings.CHART.render().file("whirl-router", "nginx.conf"))
                .containsPattern("listen 8081;[^}]*location = /health");
    }

    @Test
    void invokersMayDoWhatPodsNeedAndNothingElse() {
        Renderings.all().forEach((values, manifests) -> {
            List<Role> roles = manifests.all(Role.class);
            assertThat(roles).as(values).hasSizeLessThanOrEqualTo(1);
            roles.forEach(each -> assertThat(granted(each)).isEqualTo(needed()));
            assertThat(manifests.all(RoleBinding.class)).as(values).hasSameSizeAs(roles);
        });
    }

    /// What the sandboxes may ask for, without the network policy, which the chart itself makes.
    private static Set<String> needed() {
        var needed = new HashSet<String>();
        Permission.ALL.stream()
                .filter(each -> !each.resource().equals("networkpolicies"))
                .forEach(each ->
                        each.verbs().forEach(verb -> needed.add(each.group() + "/" + each.resource() + " " + verb)));
        return needed;
    }

    private static Set<String> granted(Role role) {
        var granted = new HashSet<String>();
        for (PolicyRule rule : role.getRules()) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> granted.add(group + "/" + resource + " " + verb));
                }
            }
        }
        return granted;
    }

    @Test
    void theNetworkPolicyIsLeftToTheChart() {
        Renderings.all().values().stream()
                .flatMap(each -> each.all(ConfigMap.class).stream())
                .flatMap(each -> each.getData().values().stream())
                .filter(each -> each.contains("sandbox.backend = kubernetes"))
                .forEach(each -> assertThat(each).contains("sandbox.kubernetes.network-policy = none"));
    }

    @Test
    void functionsInContainersNeedADaemonOnEachNodeOfTheirs() {
        Manifests manifests = Renderings.CHART.render(
                Optional.empty(),
                Renderings.nested(Map.of(
                        "invoker.backend", "docker",
                        "api.host", "whirl.example.com",
                        "networkPolicies.nodes", List.of("10.0.0.0/8"))));
        PodSpec pod = manifests
                .get(DaemonSet.class, "whirl-invoker")
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .toString())
                .contains("openwhisk-role")
                .contains("invoker");
        assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("wait", "pull-runtimes");
        assertThat(pod.getContainers()).singleElement().satisfies(each -> {
            assertThat(each.getSecurityContext().getPrivileged()).isNull();
            assertThat(each.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_ADMIN", "NET_RAW");
        });
        assertThat(manifests.find(StatefulSet.class, "whirl-invoker")).isEmpty();
    }

    @Test
    void podsThatStopHaveTheTimeThatTheirSettingsSay() {
        Manifests manifests = Renderings.CHART.render(
                Optional.empty(),
                Renderings.nested(Map.of(
                        "controller.farewell", "1500ms",
                        "controller.drainTimeout", "2m",
                        "invoker.drainTimeout", "1h",
                        "router.readTimeoutSeconds", 300)));

        assertThat(grace(manifests, "controller")).isBetween(122L, 200L);
        assertThat(grace(manifests, "invoker")).isBetween(3600L, 3700L);
        assertThat(grace(manifests, "router")).isBetween(310L, 400L);
        assertThat(grace(Renderings.CHART.render(), "controller")).isBetween(85L, 150L);
        assertThat(Renderings.CHART.render().file("whirl-router", "nginx.conf")).contains("keepalive_timeout 4s;");
    }

    private static long grace(Manifests manifests, String part) {
        return Workload.of(manifests).stream()
                .filter(each -> each.part().equals(part))
                .mapToLong(each -> each.pod().getTerminationGracePeriodSeconds())
                .findFirst()
                .orElseThrow();
    }
}
