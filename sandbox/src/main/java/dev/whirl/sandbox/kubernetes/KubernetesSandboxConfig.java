package dev.whirl.sandbox.kubernetes;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.image.ImageSettings;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.kubernetes.api.ClusterSettings;
import dev.whirl.sandbox.kubernetes.manifest.Placing;
import dev.whirl.sandbox.kubernetes.manifest.Placing.NodeAffinity;
import dev.whirl.sandbox.kubernetes.manifest.PodManifest;
import dev.whirl.sandbox.kubernetes.manifest.PodShares;
import dev.whirl.sandbox.kubernetes.manifest.PodTemplate;
import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How sandboxes are made of pods.
///
/// @param installation one of several in a namespace
/// @param apiHost address of the API as pods reach it
/// @param template empty if the configuration names none
/// @param owner the invoker's own pod, as its environment tells; empty if it is none
public record KubernetesSandboxConfig(
        ClusterSettings cluster,
        String installation,
        String apiHost,
        Images images,
        PodShares shares,
        PodManifest.Access access,
        Placing placing,
        PodNetworkConfig network,
        PodTemplate template,
        Optional<PodManifest.Owner> owner,
        Duration startTimeout) {
    private static final String PREFIX = "sandbox.kubernetes.";

    /// @param byKind in place of those of the manifest
    /// @param registries images of users come from these; empty means from any
    /// @param traits by beginnings of names
    public record Images(Map<String, String> byKind, Set<String> registries, Map<String, ImageTraits> traits) {
        public Images {
            byKind = Map.copyOf(byKind);
            registries = Set.copyOf(registries);
            traits = Map.copyOf(traits);
        }
    }

    public static KubernetesSandboxConfig read(ConfigReader reader) {
        String apiHost = reader.text(
                PREFIX + "api-host",
                "",
                "Address of this platform's API as pods reach it, for __OW_API_HOST; it must be named.");
        return new KubernetesSandboxConfig(
                cluster(reader),
                reader.text(
                        PREFIX + "installation",
                        "whirl",
                        "Name of this installation, where several share a namespace; the label release of its pods."),
                apiHost,
                images(reader),
                shares(reader),
                access(reader),
                placing(reader),
                PodNetworkConfig.read(reader, PREFIX, apiHost),
                template(reader),
                owner(reader),
                reader.duration(
                        PREFIX + "start-timeout",
                        Duration.ofMinutes(1),
                        "Time that a pod has to get ready, from its creation on."));
    }

    private static ClusterSettings cluster(ConfigReader reader) {
        return new ClusterSettings(
                reader.text(
                        PREFIX + "kubeconfig",
                        "",
                        "File that says how to reach the cluster; none named means the service account of the invoker's"
                                + " pod, or what kubectl takes."),
                reader.text(PREFIX + "context", "", "Context of that file; none named means its current one."),
                reader.text(
                        PREFIX + "namespace",
                        "",
                        "Namespace of the pods; none named means that of the invoker's pod, or of the context."),
                (int)
                        reader.number(
                                PREFIX + "operations",
                                10,
                                1,
                                1_000,
                                "Most operations of the API server at a time; as many connections for output are opened beside them."));
    }

    private static Images images(ConfigReader reader) {
        Map<String, String> byKind = ImageSettings.images(reader, PREFIX);
        Set<String> registries = ImageSettings.registries(
                reader, PREFIX, "Registries that users' images may come from; * means any.", List.of());
        String key = PREFIX + "image-traits";
        String text = reader.text(
                key,
                "whirl/=marks-output+concurrent+read-only-root",
                "What images can do, by the beginnings of their names, since a cluster does not show an image's labels.");
        var traits = new HashMap<String, ImageTraits>();
        ImageSettings.pairs(reader, key, text, "BEGINNING=TRAIT+TRAIT")
                .forEach((beginning, words) -> traits.put(beginning, traits(reader, key, words)));
        return new Images(byKind, registries, traits);
    }

    private static ImageTraits traits(ConfigReader reader, String key, String text) {
        Set<String> words = Set.of(text.split("\\+"));
        var known = Set.of("marks-output", "concurrent", "read-only-root", "none");
        words.stream()
                .filter(each -> !known.contains(each))
                .forEach(each -> reader.problem(
                        "%s: '%s' is none of marks-output, concurrent, read-only-root, none".formatted(key, each)));
        return new ImageTraits(
                words.contains("marks-output"), words.contains("concurrent"), words.contains("read-only-root"));
    }

    private static PodShares shares(ConfigReader reader) {
        return new PodShares(
                reader.number(
                        PREFIX + "millicpus",
                        100,
                        0,
                        1_000_000,
                        "Processors that a pod asks for, for each 256 MB of its memory, in 1/1000; 0 asks for none."),
                reader.number(PREFIX + "millicpus-max", 4_000, 1, 1_000_000, "Most that a pod asks for of processors."),
                reader.flag(
                        PREFIX + "bound-cpu", false, "Whether a pod gets no more of the processors than it asks for."),
                reader.size(
                        PREFIX + "disk",
                        ByteSize.mebibytes(1_024),
                        "Most that a pod writes to its node's disk, its log included; 0: no bound."));
    }

    private static PodManifest.Access access(ConfigReader reader) {
        return new PodManifest.Access(
                reader.number(
                        PREFIX + "user",
                        65_534,
                        0,
                        Integer.MAX_VALUE,
                        "User that containers run as; 0: whoever the image says, root included."),
                reader.number(
                        PREFIX + "group",
                        0,
                        0,
                        Integer.MAX_VALUE,
                        "Group of that user; what images let any user write belongs to group 0."),
                reader.size(
                        PREFIX + "tmp-size",
                        ByteSize.mebibytes(128),
                        "Room in /tmp of images that bear a read-only root; it counts as memory."),
                ImageSettings.words(reader.text(
                        PREFIX + "image-pull-secrets",
                        "",
                        "Secrets of the namespace, for the registries of the platform's images; users' images are pulled"
                                + " without.")));
    }

    private static Placing placing(ConfigReader reader) {
        NodeAffinity affinity = reader.choice(
                PREFIX + "node-affinity",
                NodeAffinity.PREFERRED,
                "Whether pods go to nodes labelled openwhisk-role=invoker only, if they can, or anywhere.");
        String key = PREFIX + "tolerations";
        var tolerations = new ArrayList<Toleration>();
        for (String word : ImageSettings.words(reader.text(
                key, "", "Taints of nodes that pods tolerate: KEY, KEY=VALUE, KEY=VALUE:EFFECT, KEY:EFFECT."))) {
            try {
                tolerations.add(Placing.toleration(word));
            } catch (IllegalArgumentException e) {
                reader.problem("%s: %s".formatted(key, e.getMessage()));
            }
        }
        return new Placing(affinity, tolerations);
    }

    private static PodTemplate template(ConfigReader reader) {
        String key = PREFIX + "pod-template";
        String file = reader.text(
                key, "", "File with the manifest of a pod, in YAML, that all pods are made from: sidecars, volumes, …");
        if (file.isEmpty()) {
            return PodTemplate.EMPTY;
        }
        try {
            return PodTemplate.read(Path.of(file));
        } catch (IOException e) {
            reader.problem("%s: %s: %s".formatted(key, file, e.getMessage()));
            return PodTemplate.EMPTY;
        }
    }

    private static Optional<PodManifest.Owner> owner(ConfigReader reader) {
        String name = reader.text(
                PREFIX + "pod-name",
                "",
                "Name of the pod that this invoker runs in, from the downward API: with it the cluster removes the"
                        + " functions' pods when this one goes.");
        String uid = reader.text(PREFIX + "pod-uid", "", "Its uid, from the downward API.");
        if (name.isEmpty() != uid.isEmpty()) {
            reader.problem(PREFIX + "pod-name and " + PREFIX + "pod-uid: both, or neither");
        }
        return name.isEmpty() || uid.isEmpty() ? Optional.empty() : Optional.of(new PodManifest.Owner(name, uid));
    }
}
