package dev.whirl.sandbox.kubernetes.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What an operator wants all pods to have besides: the manifest of a pod, as far as it matters. The container that
/// runs the function is the one that is called [PodManifest#CONTAINER].
public record PodTemplate(Pod pod) {
    public static final PodTemplate EMPTY = new PodTemplate(new PodBuilder()
            .withNewMetadata()
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build());

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new NoUnknownFields())
            .build();

    /// The classes of manifests take any field; a misspelt one would do nothing, and nobody would know.
    private static final class NoUnknownFields extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    /// Labels of all pods, beside those that the platform gives.
    public Map<String, String> labels() {
        return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    }

    /// Reads a file in YAML.
    ///
    /// @throws IOException with a sentence that says what is wrong where
    public static PodTemplate read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /// Reads YAML.
    ///
    /// @throws IOException with a sentence that says what is wrong where
    public static PodTemplate parse(String yaml) throws IOException {
        Pod pod = pod(tree(yaml));
        if (pod.getSpec() == null) {
            pod.setSpec(new PodSpec());
        }
        if (pod.getMetadata() == null) {
            pod.setMetadata(new ObjectMeta());
        }
        TemplateRules.check(pod);
        return new PodTemplate(pod);
    }

    private static Map<?, ?> tree(String yaml) throws IOException {
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            if (new Yaml(new SafeConstructor(options)).load(yaml) instanceof Map<?, ?> tree) {
                return tree;
            }
            throw new IOException("it is no manifest: a list of fields is expected");
        } catch (YAMLException e) {
            throw new IOException(String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
    }

    private static Pod pod(Map<?, ?> tree) throws IOException {
        Object kind = tree.get("kind");
        if (kind != null && !kind.equals("Pod")) {
            throw new IOException("its kind is %s, it must be Pod".formatted(kind));
        }
        try {
            return STRICT.convertValue(tree, Pod.class);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    e.getCause() instanceof JsonMappingException cause ? sentence(cause) : e.getMessage(), e);
        }
    }

    private static String sentence(JsonMappingException problem) {
        String path = problem.getPath().stream()
                .map(each ->
                        each.getFieldName() == null ? "[%d]".formatted(each.getIndex()) : "." + each.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        String reason = problem.getOriginalMessage();
        return reason.startsWith("Unrecognized field")
                ? "a pod has no field %s".formatted(path)
                : "%s: %s".formatted(path, reason);
    }
}
