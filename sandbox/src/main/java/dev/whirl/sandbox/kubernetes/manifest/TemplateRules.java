package dev.whirl.sandbox.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a template must not say: it would lead code of users to the node, to other programs or to
/// the cluster.
final class TemplateRules {
    private static final String ON_NODE = "code of users would be on the node's side";
    private static final String OF_PLATFORM =
            "what code of users may do is the platform's to say; see sandbox.kubernetes.user and .group";
    private static final List<String> UNSAFE_ANNOTATIONS = List.of(
            "container.apparmor.security.beta.kubernetes.io/", "container.seccomp.security.alpha.kubernetes.io/");

    private TemplateRules() {}

    /// @throws IOException with a sentence that says what must not be set, and why
    static void check(Pod template) throws IOException {
        checkMetadata(template.getMetadata());
        checkSpec(template.getSpec());
        checkVolumes(orEmpty(template.getSpec().getVolumes()));
        checkContainers("spec.containers", orEmpty(template.getSpec().getContainers()));
        checkContainers("spec.initContainers", orEmpty(template.getSpec().getInitContainers()));
        checkFunctions(orEmpty(template.getSpec().getContainers()));
    }

    private static void checkMetadata(ObjectMeta metadata) throws IOException {
        refuse(!orEmpty(metadata.getFinalizers()).isEmpty(), "metadata.finalizers", "pods could not be removed");
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        for (String each : annotations.keySet()) {
            refuse(
                    UNSAFE_ANNOTATIONS.stream().anyMatch(each::startsWith),
                    "metadata.annotations[%s]".formatted(each),
                    OF_PLATFORM);
        }
    }

    private static void checkSpec(PodSpec spec) throws IOException {
        refuse(isTrue(spec.getHostNetwork()), "spec.hostNetwork", ON_NODE);
        refuse(isTrue(spec.getHostPID()), "spec.hostPID", ON_NODE);
        refuse(isTrue(spec.getHostIPC()), "spec.hostIPC", ON_NODE);
        refuse(
                isTrue(spec.getShareProcessNamespace()),
                "spec.shareProcessNamespace",
                "code of users would see the processes of other containers");
        refuse(spec.getSecurityContext() != null, "spec.securityContext", OF_PLATFORM);
        refuse(
                !orEmpty(spec.getImagePullSecrets()).isEmpty(),
                "spec.imagePullSecrets",
                "images that users name would be pulled with them; see sandbox.kubernetes.image-pull-secrets");
        refuse(
                !orEmpty(spec.getEphemeralContainers()).isEmpty(),
                "spec.ephemeralContainers",
                "they are for looking into a pod that runs");
    }

    private static void checkVolumes(List<Volume> volumes) throws IOException {
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            refuse(volume.getHostPath() != null, "spec.volumes[%d].hostPath".formatted(i), ON_NODE);
            refuse(
                    volume.getProjected() != null
                            && orEmpty(volume.getProjected().getSources()).stream()
                                    .anyMatch(each -> each.getServiceAccountToken() != null),
                    "spec.volumes[%d].projected: serviceAccountToken".formatted(i),
                    "code of users could call the cluster's API with it");
        }
    }

    private static void checkContainers(String path, List<Container> containers) throws IOException {
        for (int i = 0; i < containers.size(); i++) {
            Container container = containers.get(i);
            String at = "%s[%d]".formatted(path, i);
            refuse(
                    orEmpty(container.getPorts()).stream().anyMatch(each -> each.getHostPort() != null),
                    at + ".ports: hostPort",
                    "pods could be called past the network policy");
            refuse(
                    container.getSecurityContext() != null
                            && isTrue(container.getSecurityContext().getPrivileged()),
                    at + ".securityContext.privileged",
                    ON_NODE);
        }
    }

    private static void checkFunctions(List<Container> containers) throws IOException {
        List<Container> functions = containers.stream()
                .filter(each -> PodManifest.CONTAINER.equals(each.getName()))
                .toList();
        if (functions.size() > 1) {
            throw new IOException(
                    "it has %d containers of the name %s".formatted(functions.size(), PodManifest.CONTAINER));
        }
        for (Container each : functions) {
            refuse(
                    each.getSecurityContext() != null,
                    "the securityContext of %s".formatted(PodManifest.CONTAINER),
                    OF_PLATFORM);
        }
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static void refuse(boolean isSet, String field, String why) throws IOException {
        if (isSet) {
            throw new IOException("%s must not be set: %s".formatted(field, why));
        }
    }
}
