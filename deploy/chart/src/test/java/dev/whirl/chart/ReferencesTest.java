package dev.whirl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever an object refers to is there.
class ReferencesTest {
    /// What is wrong with the references of one rendering.
    private static final class Look {
        private final Manifests manifests;
        private final List<Workload> workloads;
        private final List<String> problems = new ArrayList<>();

        Look(Manifests manifests) {
            this.manifests = manifests;
            this.workloads = Workload.of(manifests);
        }

        void expect(boolean holds, String sentence, Object... words) {
            if (!holds) {
                problems.add(sentence.formatted(words));
            }
        }

        /// The keys of an object that is rendered, or brought along; empty if there is none.
        Optional<Collection<String>> keys(Class<?> type, String name) {
            Optional<Collection<String>> rendered = type == Secret.class
                    ? manifests
                            .find(Secret.class, name)
                            .map(each -> each.getStringData().keySet())
                    : manifests
                            .find(ConfigMap.class, name)
                            .map(each -> each.getData().keySet());
            return rendered.or(() -> Optional.ofNullable(Renderings.GIVEN.get(name)));
        }

        void key(String who, Class<?> type, String name, String key) {
            Optional<Collection<String>> keys = keys(type, name);
            expect(keys.isPresent(), "%s: there is no %s %s", who, type.getSimpleName(), name);
            keys.ifPresent(
                    all -> expect(all.contains(key), "%s: %s %s has no %s", who, type.getSimpleName(), name, key));
        }

        void volumes(Workload workload) {
            var named = new HashSet<>(workload.claims());
            for (Volume each : workload.pod().getVolumes()) {
                expect(named.add(each.getName()), "%s: volume %s is there twice", workload.name(), each.getName());
                if (each.getConfigMap() != null) {
                    sources(
                            workload,
                            ConfigMap.class,
                            each.getConfigMap().getName(),
                            each.getConfigMap().getItems());
                }
                if (each.getSecret() != null) {
                    sources(
                            workload,
                            Secret.class,
                            each.getSecret().getSecretName(),
                            each.getSecret().getItems());
                }
            }
            var mounted = new HashSet<String>();
            for (Container container : workload.containers()) {
                for (VolumeMount mount : container.getVolumeMounts()) {
                    mounted.add(mount.getName());
                    expect(
                            named.contains(mount.getName()),
                            "%s: %s mounts %s, which is no volume",
                            workload.name(),
                            container.getName(),
                            mount.getName());
                }
            }
            expect(mounted.containsAll(named), "%s: of %s only %s are mounted", workload.name(), named, mounted);
        }

        void sources(Workload workload, Class<?> type, String name, List<KeyToPath> items) {
            expect(keys(type, name).isPresent(), "%s: there is no %s %s", workload.name(), type.getSimpleName(), name);
            items.forEach(each -> key(workload.name(), type, name, each.getKey()));
        }

        void environment(Workload workload) {
            for (Container container : workload.containers()) {
                var names = new HashSet<String>();
                for (EnvVar each : container.getEnv()) {
                    expect(names.add(each.getName()), "%s: %s is set twice", workload.name(), each.getName());
                    if (each.getValueFrom() != null && each.getValueFrom().getSecretKeyRef() != null) {
                        key(
                                workload.name(),
                                Secret.class,
                                each.getValueFrom().getSecretKeyRef().getName(),
                                each.getValueFrom().getSecretKeyRef().getKey());
                    }
                }
                for (String word : container.getArgs()) {
                    Stream.of(word.split("\\$\\("))
                            .skip(1)
                            .map(each -> each.substring(0, each.indexOf(')')))
                            .forEach(each ->
                                    expect(names.contains(each), "%s: $(%s) is not set", workload.name(), each));
                }
            }
        }

        void accounts(Workload workload) {
            String account = workload.pod().getServiceAccountName();
            expect(
                    account.equals("default")
                            || manifests.find(ServiceAccount.class, account).isPresent(),
                    "%s: there is no service account %s",
                    workload.name(),
                    account);
        }

        void probes(Workload workload) {
            for (Container container : workload.pod().getContainers()) {
                Set<String> ports = new HashSet<>();
                container.getPorts().forEach(each -> ports.add(each.getName()));
                Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                        .filter(Objects::nonNull)
                        .flatMap(Look::port)
                        .forEach(each ->
                                expect(ports.contains(each), "%s: a probe asks the port %s", workload.name(), each));
            }
        }

        private static Stream<String> port(Probe probe) {
            return Stream.of(
                            Optional.ofNullable(probe.getHttpGet()).map(each -> each.getPort()),
                            Optional.ofNullable(probe.getTcpSocket()).map(each -> each.getPort()))
                    .flatMap(Optional::stream)
                    .map(each -> each.getStrVal());
        }

        void services() {
            for (Service each : manifests.all(Service.class)) {
                String name = each.getMetadata().getName();
                List<Workload> behind = matching(each.getSpec().getSelector());
                expect(!behind.isEmpty(), "Service %s selects nothing", name);
                each.getSpec()
                        .getPorts()
                        .forEach(port -> expect(
                                behind.stream()
                                        .allMatch(pod -> pod.ports().stream()
                                                .anyMatch(one -> one.getName()
                                                        .equals(port.getTargetPort()
                                                                .getStrVal()))),
                                "Service %s leads to a port %s that pods lack",
                                name,
                                port.getTargetPort().getStrVal()));
            }
        }

        private List<Workload> matching(Map<String, String> selector) {
            return workloads.stream().filter(each -> each.matches(selector)).toList();
        }

        void whoSelects() {
            workloads.stream()
                    .filter(each -> !each.selector().isEmpty())
                    .forEach(each -> expect(
                            each.matches(each.selector())
                                    && matching(each.selector()).size() == 1,
                            "%s selects other pods than its own",
                            each.name()));
            manifests
                    .all(PodDisruptionBudget.class)
                    .forEach(each -> expect(
                            matching(each.getSpec().getSelector().getMatchLabels())
                                            .size()
                                    == 1,
                            "the budget %s selects not one part",
                            each.getMetadata().getName()));
            manifests.all(NetworkPolicy.class).stream()
                    .filter(each -> !each.getMetadata().getName().endsWith("-functions"))
                    .forEach(each -> expect(
                            !matching(each.getSpec().getPodSelector().getMatchLabels())
                                    .isEmpty(),
                            "the network policy %s selects nothing",
                            each.getMetadata().getName()));
        }

        void whoNames() {
            manifests
                    .all(StatefulSet.class)
                    .forEach(each -> expect(
                            manifests
                                    .find(Service.class, each.getSpec().getServiceName())
                                    .isPresent(),
                            "there is no Service %s",
                            each.getSpec().getServiceName()));
            manifests
                    .all(HorizontalPodAutoscaler.class)
                    .forEach(each -> expect(
                            manifests
                                    .find(
                                            StatefulSet.class,
                                            each.getSpec().getScaleTargetRef().getName())
                                    .filter(set -> set.getSpec().getReplicas() == null)
                                    .isPresent(),
                            "%s scales nothing that leaves its replicas to it",
                            each.getMetadata().getName()));
            manifests
                    .all(Ingress.class)
                    .forEach(ingress -> ingress.getSpec()
                            .getRules()
                            .forEach(rule -> rule.getHttp().getPaths().forEach(path -> {
                                var backend = path.getBackend().getService();
                                expect(
                                        manifests
                                                .find(Service.class, backend.getName())
                                                .filter(service -> service.getSpec().getPorts().stream()
                                                        .anyMatch(port -> port.getName()
                                                                .equals(backend.getPort()
                                                                        .getName())))
                                                .isPresent(),
                                        "the Ingress leads to %s, which is not there",
                                        backend.getName());
                            })));
        }

        List<String> problems() {
            workloads.forEach(each -> {
                volumes(each);
                environment(each);
                accounts(each);
                probes(each);
            });
            services();
            whoSelects();
            whoNames();
            return problems;
        }
    }

    @Test
    void whateverIsReferredToIsThere() {
        Renderings.all()
                .forEach((values, manifests) ->
                        assertThat(new Look(manifests).problems()).as(values).isEmpty());
    }
}
