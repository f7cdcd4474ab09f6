package dev.whirl.chart;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a rendering consists of.
///
/// @param documents the text of each object
/// @param objects in the same order
public record Manifests(List<String> documents, List<HasMetadata> objects) {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Pattern BORDER = Pattern.compile("(?m)^---.*$");

    public Manifests {
        documents = List.copyOf(documents);
        objects = List.copyOf(objects);
    }

    /// Reads what Helm prints.
    public static Manifests parse(String yaml) {
        List<String> documents = Arrays.stream(BORDER.split(yaml))
                .filter(each -> each.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .toList();
        return new Manifests(
                documents,
                documents.stream().<HasMetadata>map(SERIALIZATION::unmarshal).toList());
    }

    /// All objects of a class.
    public <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public <T extends HasMetadata> Optional<T> find(Class<T> type, String name) {
        return all(type).stream()
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst();
    }

    /// The object of a class that has a name.
    ///
    /// @throws IllegalArgumentException if there is none
    public <T extends HasMetadata> T get(Class<T> type, String name) {
        return find(type, name)
                .orElseThrow(() -> new IllegalArgumentException("no %s is called %s, only %s"
                        .formatted(
                                type.getSimpleName(),
                                name,
                                all(type).stream()
                                        .map(each -> each.getMetadata().getName())
                                        .toList())));
    }

    /// One entry of a ConfigMap.
    ///
    /// @throws IllegalArgumentException if there is none
    public String file(String configMap, String key) {
        String text = get(ConfigMap.class, configMap).getData().get(key);
        if (text == null) {
            throw new IllegalArgumentException("%s has no %s".formatted(configMap, key));
        }
        return text;
    }
}
