package dev.whirl.e2e.chart.pods;

import dev.whirl.chart.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The volumes of one pod, as folders of this machine.
final class PodVolumes {
    private static final String OF_ANYBODY = "rwxrwxrwx";
    private static final String SOCKET = "Socket";

    private final Path folder;
    private final PodPlan pod;
    private final Manifests manifests;
    private final Map<String, Path> places = new LinkedHashMap<>();

    /// Lays them out.
    ///
    /// @param folder that holds those of all pods
    /// @throws IllegalStateException if something that they are made of is not rendered, and not optional
    PodVolumes(Path folder, PodPlan pod, Manifests manifests) {
        this.folder = folder;
        this.pod = pod;
        this.manifests = manifests;
        try {
            for (String each : pod.workload().claims()) {
                places.put(each, shared(own(each)));
            }
            for (Volume each : pod.spec().getVolumes()) {
                places.put(each.getName(), place(each));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path own(String volume) throws IOException {
        return Files.createDirectories(
                folder.resolve("pods").resolve(pod.name()).resolve(volume));
    }

    private Path place(Volume volume) throws IOException {
        if (volume.getEmptyDir() != null) {
            return shared(own(volume.getName()));
        }
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            return files(
                    volume.getName(),
                    new Source(
                            "ConfigMap " + source.getName(),
                            manifests.find(ConfigMap.class, source.getName()).map(ConfigMap::getData),
                            source.getItems(),
                            Boolean.TRUE.equals(source.getOptional())));
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            return files(
                    volume.getName(),
                    new Source(
                            "Secret " + source.getSecretName(),
                            manifests.find(Secret.class, source.getSecretName()).map(Secret::getStringData),
                            source.getItems(),
                            Boolean.TRUE.equals(source.getOptional())));
        }
        if (volume.getHostPath() != null) {
            return ofNode(volume.getHostPath().getPath(), volume.getHostPath().getType());
        }
        throw new IllegalStateException(
                "the volume %s of %s is of no kind that is known here".formatted(volume.getName(), pod.name()));
    }

    /// Sockets are this machine's; folders are made for the test.
    private Path ofNode(String path, String type) throws IOException {
        return SOCKET.equals(type)
                ? Path.of(path)
                : Files.createDirectories(folder.resolve("node").resolve(path.substring(1)));
    }

    /// Whoever is in the pod's group may write, as a node arranges it.
    private Path shared(Path place) throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(OF_ANYBODY));
        Optional<Long> group = pod.group();
        if (group.isPresent()) {
            Files.setAttribute(place, "unix:gid", Math.toIntExact(group.get()));
        }
        return place;
    }

    /// What the files of a volume are made of.
    ///
    /// @param name what it is, for complaints
    /// @param items which of the data are wanted; all if it is empty
    /// @param isOptional whether nothing is made of what is not there
    private record Source(String name, Optional<Map<String, String>> data, List<KeyToPath> items, boolean isOptional) {}

    private Path files(String volume, Source source) throws IOException {
        if (source.data().isEmpty() && !source.isOptional()) {
            throw new IllegalStateException(
                    "%s mounts the %s, which is not there".formatted(pod.name(), source.name()));
        }
        Map<String, String> all = source.data().orElse(Map.of());
        var wanted = new LinkedHashMap<String, String>();
        if (source.items().isEmpty()) {
            all.keySet().forEach(each -> wanted.put(each, each));
        }
        source.items().forEach(each -> wanted.put(each.getPath(), each.getKey()));
        Path place = own(volume);
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            String text = all.get(each.getValue());
            if (text != null) {
                Files.writeString(place.resolve(each.getKey()), text);
            } else if (!source.isOptional()) {
                throw new IllegalStateException(
                        "%s mounts %s of the %s, which has none".formatted(pod.name(), each.getValue(), source.name()));
            }
        }
        return place;
    }

    /// Words of `docker run` for what a container mounts.
    List<String> words(Container container) {
        return container.getVolumeMounts().stream()
                .flatMap(each -> List.of("--volume", word(each)).stream())
                .toList();
    }

    private String word(VolumeMount mount) {
        Path place = places.get(mount.getName());
        if (place == null) {
            throw new IllegalStateException(
                    "%s mounts %s, and has no such volume".formatted(pod.name(), mount.getName()));
        }
        boolean isReadOnly = Boolean.TRUE.equals(mount.getReadOnly());
        return part(place, mount.getSubPath()) + ":" + mount.getMountPath() + (isReadOnly ? ":ro" : "");
    }

    private Path part(Path place, @Nullable String subPath) {
        if (subPath == null || subPath.isEmpty()) {
            return place;
        }
        Path part = place.resolve(subPath);
        try {
            return Files.exists(part) ? part : shared(Files.createDirectories(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
