package dev.whirl.e2e.chart.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.chart.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The environment of a container, as its manifest and what that names say.
record PodEnvironment(Map<String, String> variables) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    PodEnvironment {
        variables = Map.copyOf(variables);
    }

    /// @throws IllegalStateException if something that it names is not rendered
    static PodEnvironment of(PodPlan pod, Container container, Manifests manifests) {
        var variables = new LinkedHashMap<String, String>();
        for (EnvVar each : container.getEnv()) {
            String value = each.getValueFrom() == null
                    ? expanded(each.getValue() == null ? "" : each.getValue(), variables)
                    : value(pod, each.getName(), each.getValueFrom(), manifests);
            variables.put(each.getName(), value);
        }
        return new PodEnvironment(variables);
    }

    private static String value(PodPlan pod, String name, EnvVarSource source, Manifests manifests) {
        if (source.getFieldRef() != null) {
            return field(pod, source.getFieldRef().getFieldPath());
        }
        if (source.getSecretKeyRef() != null) {
            var wanted = source.getSecretKeyRef();
            return there(
                    manifests
                            .find(Secret.class, wanted.getName())
                            .map(each -> each.getStringData().get(wanted.getKey()))
                            .orElse(null),
                    "%s of %s is to be %s of the Secret %s"
                            .formatted(name, pod.name(), wanted.getKey(), wanted.getName()));
        }
        if (source.getConfigMapKeyRef() != null) {
            var wanted = source.getConfigMapKeyRef();
            return there(
                    manifests
                            .find(ConfigMap.class, wanted.getName())
                            .map(each -> each.getData().get(wanted.getKey()))
                            .orElse(null),
                    "%s of %s is to be %s of the ConfigMap %s"
                            .formatted(name, pod.name(), wanted.getKey(), wanted.getName()));
        }
        throw new IllegalStateException("%s of %s comes from %s".formatted(name, pod.name(), source));
    }

    private static String field(PodPlan pod, String path) {
        return switch (path) {
            case "metadata.name" -> pod.name();
            case "metadata.namespace" -> pod.namespace();
            case "metadata.uid" ->
                UUID.nameUUIDFromBytes(pod.name().getBytes(UTF_8)).toString();
            case "spec.nodeName" -> "node-1";
            case "status.podIP" -> pod.address();
            default -> throw new IllegalStateException("%s asks for its %s".formatted(pod.name(), path));
        };
    }

    private static String there(@Nullable String value, String what) {
        if (value == null) {
            throw new IllegalStateException(what + ", which is not there");
        }
        return value;
    }

    /// Words with the values of the variables that they name.
    List<String> expanded(List<String> words) {
        return words.stream().map(each -> expanded(each, variables)).toList();
    }

    /// Variables that there are none of stay as they stand, as in a cluster.
    private static String expanded(String word, Map<String, String> variables) {
        return REFERENCE.matcher(word).replaceAll(found -> {
            String name = found.group(1);
            String value = name == null ? "$" : variables.getOrDefault(name, found.group());
            return Matcher.quoteReplacement(value);
        });
    }
}
