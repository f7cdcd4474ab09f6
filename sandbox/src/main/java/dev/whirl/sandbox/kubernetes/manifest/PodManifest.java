package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.http.HttpRuntime;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes manifests of pods (row I-25): a template's, and over it what all pods have. A container gets as little as
/// clusters let one give: what the Pod Security Standard "restricted" demands, no token of the API, no addresses of
/// services.
///
/// @param environment of each container
/// @param owner the invoker's pod, if it is one of the same namespace: when it goes, the cluster removes its pods
public record PodManifest(
        PodTemplate template,
        PodLabels labels,
        PodShares shares,
        Placing placing,
        Access access,
        Map<String, String> environment,
        Optional<Owner> owner) {
    /// The name of the container that runs a function.
    public static final String CONTAINER = "user-action";

    /// So long a container has to end when its pod is deleted.
    public static final long GRACE_SECONDS = 1;

    private static final String PORT_NAME = "action";
    private static final String TMP = "tmp";

    /// @param user who the container is; zero for whoever the image says, root included
    /// @param group its group, if the user is not zero
    /// @param tmpSize room in `/tmp` where the rest can't be written to; it counts as memory
    /// @param pullSecrets names of secrets for registries, for the platform's images only: whoever
    ///     named an image of the platform's own registry would run it otherwise
    public record Access(long user, long group, ByteSize tmpSize, List<String> pullSecrets) {
        public Access {
            pullSecrets = List.copyOf(pullSecrets);
        }
    }

    /// The pod that an invoker runs in. What belongs to it the cluster removes when it goes.
    public record Owner(String name, String uid) {
        public OwnerReference reference() {
            return new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withName(name)
                    .withUid(uid)
                    .withController(false)
                    .withBlockOwnerDeletion(false)
                    .build();
        }
    }

    public PodManifest {
        environment = Map.copyOf(environment);
    }

    public Pod of(PodOrder order) {
        return new PodBuilder(template.pod())
                .withApiVersion("v1")
                .withKind("Pod")
                .editOrNewMetadata()
                .withName(order.name())
                .withGenerateName(null)
                .withNamespace(null)
                .addToLabels(labels.ofPod(
                        order.name(), order.spec().runtime(), order.spec().label()))
                .withOwnerReferences(owner.map(Owner::reference).stream().toList())
                .endMetadata()
                .withSpec(spec(order))
                .withStatus(null)
                .build();
    }

    private PodSpec spec(PodOrder order) {
        PodSpec base = template.pod().getSpec();
        return new PodSpecBuilder(base)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withHostNetwork(null)
                .withHostPID(null)
                .withHostIPC(null)
                .withShareProcessNamespace(null)
                .withNewSecurityContext()
                .withRunAsNonRoot(access.user() == 0 ? null : true)
                .withRunAsUser(access.user() == 0 ? null : access.user())
                .withRunAsGroup(access.user() == 0 ? null : access.group())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withImagePullSecrets(pullSecrets(order).stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withTolerations(placing.tolerations(orEmpty(base.getTolerations())))
                .withAffinity(placing.affinity(base.getAffinity()).orElse(null))
                .withVolumes(volumes(base, order))
                .withContainers(containers(base, order))
                .build();
    }

    private List<String> pullSecrets(PodOrder order) {
        return order.image().isOwn() ? access.pullSecrets() : List.of();
    }

    /// A node that has a user's image of that name may have it with the platform's secrets: then
    /// its registry is asked whether anybody may.
    private boolean pullsAlways(PodImage image) {
        return !image.isOwn() && (image.isFloating() || !access.pullSecrets().isEmpty());
    }

    private List<Volume> volumes(PodSpec base, PodOrder order) {
        List<Volume> volumes = new ArrayList<>(base.getVolumes() == null ? List.of() : base.getVolumes());
        volumes.removeIf(each -> TMP.equals(each.getName()));
        if (order.bearsReadOnlyRoot()) {
            volumes.add(new VolumeBuilder()
                    .withName(TMP)
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .withSizeLimit(new Quantity(Long.toString(access.tmpSize().bytes())))
                    .endEmptyDir()
                    .build());
        }
        return volumes;
    }

    private List<Container> containers(PodSpec base, PodOrder order) {
        List<Container> ofTemplate = base.getContainers() == null ? List.of() : base.getContainers();
        var containers = new ArrayList<Container>();
        containers.add(function(
                ofTemplate.stream()
                        .filter(each -> CONTAINER.equals(each.getName()))
                        .findFirst()
                        .orElseGet(Container::new),
                order));
        ofTemplate.stream().filter(each -> !CONTAINER.equals(each.getName())).forEach(containers::add);
        return containers;
    }

    private Container function(Container ofTemplate, PodOrder order) {
        var container = new ContainerBuilder(ofTemplate)
                .withName(CONTAINER)
                .withImage(order.image().name())
                .withImagePullPolicy(pullsAlways(order.image()) ? "Always" : "IfNotPresent")
                .withStdin(false)
                .withTty(false)
                .withResources(shares.of(order.memory()))
                .addNewPort()
                .withName(PORT_NAME)
                .withContainerPort(HttpRuntime.PORT)
                .endPort()
                .withNewSecurityContext()
                .withPrivileged(false)
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(order.bearsReadOnlyRoot())
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
        new TreeMap<>(environment)
                .forEach((name, value) -> container
                        .removeMatchingFromEnv(each -> name.equals(each.getName()))
                        .addNewEnv()
                        .withName(name)
                        .withValue(value)
                        .endEnv());
        if (order.bearsReadOnlyRoot()) {
            container
                    .removeMatchingFromVolumeMounts(each -> "/tmp".equals(each.getMountPath()))
                    .addNewVolumeMount()
                    .withName(TMP)
                    .withMountPath("/tmp")
                    .endVolumeMount();
        }
        return container.build();
    }

    private static List<Toleration> orEmpty(List<Toleration> list) {
        return list == null ? List.of() : list;
    }
}
