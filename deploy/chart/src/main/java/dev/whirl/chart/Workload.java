package dev.whirl.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something that makes pods, as far as its pods matter.
///
/// @param object what makes them
/// @param part the component that the pods belong to
/// @param claims names of volumes that come from claims
/// @param selector by which it finds its pods; empty if it needs none
public record Workload(
        HasMetadata object,
        String part,
        Map<String, String> labels,
        PodSpec pod,
        List<String> claims,
        Map<String, String> selector) {
    private static final String PART = "app.kubernetes.io/component";

    public Workload {
        labels = Map.copyOf(labels);
        claims = List.copyOf(claims);
        selector = Map.copyOf(selector);
    }

    /// All of a rendering.
    public static List<Workload> of(Manifests manifests) {
        return manifests.objects().stream().flatMap(Workload::of).toList();
    }

    private static Stream<Workload> of(HasMetadata object) {
        return switch (object) {
            case Deployment each ->
                Stream.of(of(
                        object,
                        each.getSpec().getTemplate(),
                        List.of(),
                        each.getSpec().getSelector().getMatchLabels()));
            case StatefulSet each ->
                Stream.of(of(
                        object,
                        each.getSpec().getTemplate(),
                        each.getSpec().getVolumeClaimTemplates(),
                        each.getSpec().getSelector().getMatchLabels()));
            case DaemonSet each ->
                Stream.of(of(
                        object,
                        each.getSpec().getTemplate(),
                        List.of(),
                        each.getSpec().getSelector().getMatchLabels()));
            case Job each -> Stream.of(of(object, each.getSpec().getTemplate(), List.of(), Map.of()));
            case Pod each -> Stream.of(of(object, each.getMetadata(), each.getSpec(), List.of(), Map.of()));
            default -> Stream.empty();
        };
    }

    private static Workload of(
            HasMetadata object,
            PodTemplateSpec template,
            List<PersistentVolumeClaim> claims,
            Map<String, String> selector) {
        return of(object, template.getMetadata(), template.getSpec(), claims, selector);
    }

    private static Workload of(
            HasMetadata object,
            ObjectMeta metadata,
            PodSpec pod,
            List<PersistentVolumeClaim> claims,
            Map<String, String> selector) {
        return new Workload(
                object,
                metadata.getLabels().getOrDefault(PART, ""),
                metadata.getLabels(),
                pod,
                claims.stream().map(each -> each.getMetadata().getName()).toList(),
                selector);
    }

    /// With its kind, for messages.
    public String name() {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    /// How many pods there are; of a DaemonSet, as on one node.
    public int replicas() {
        return switch (object) {
            case Deployment each -> orOne(each.getSpec().getReplicas());
            case StatefulSet each -> orOne(each.getSpec().getReplicas());
            default -> 1;
        };
    }

    /// Where nothing is said there is one: an autoscaler may want more.
    private static int orOne(@Nullable Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    /// Containers, those among them that run before the others.
    public List<Container> containers() {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList();
    }

    /// The ports of its containers.
    public List<ContainerPort> ports() {
        return pod.getContainers().stream()
                .flatMap(each -> each.getPorts().stream())
                .toList();
    }

    /// Whether its pods have all of these labels.
    public boolean matches(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
