package dev.whirl.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A copy of a chart, to be rendered. Its hooks are ordinary objects: Helm leaves hooks out of what it
/// renders in this process. What it looks up in the cluster is looked up in a file: there is no cluster.
/// Closing deletes it.
///
/// @param folder of the copy
record ChartCopy(Path folder) implements AutoCloseable {
    private static final String HOOK = "helm.sh/hook";
    private static final String NO_HOOK = "not.helm.sh/hook";

    /// In a template: `lookup "v1" "Secret" ROOT.Release.Namespace NAME`.
    private static final Pattern LOOKUP = Pattern.compile(
            "lookup \"v1\" \"Secret\" (\\(index \\. 0\\))?\\.Release\\.Namespace (\\(index \\. 1\\)|\\$[a-z]+)");

    private static final String CLUSTER = "there.yaml";
    private static final String FOUND = "get ($1.Files.Get \"" + CLUSTER + "\" | fromYaml) $2";

    /// What belongs to the tests of the chart, not to it.
    private static final Set<String> BESIDE = Set.of("src", "target", "pom.xml");

    /// @param secrets that are in the cluster
    static ChartCopy of(Path chart, Collection<Secret> secrets) throws IOException {
        Path copy = Files.createTempDirectory("chart-");
        for (Path each : all(chart)) {
            Path relative = chart.relativize(each);
            if (BESIDE.contains(relative.getName(0).toString())) {
                continue;
            }
            if (Files.isDirectory(each)) {
                Files.createDirectories(copy.resolve(relative));
            } else {
                String text = Files.readString(each).replace(HOOK, NO_HOOK);
                Files.writeString(copy.resolve(relative), LOOKUP.matcher(text).replaceAll(FOUND));
            }
        }
        Files.writeString(copy.resolve(CLUSTER), Serialization.asYaml(data(secrets)));
        return new ChartCopy(copy);
    }

    private static Map<String, Map<String, Map<String, String>>> data(Collection<Secret> secrets) {
        var all = new TreeMap<String, Map<String, Map<String, String>>>();
        for (Secret each : secrets) {
            var data = new TreeMap<String, String>();
            each.getStringData()
                    .forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
            all.put(each.getMetadata().getName(), Map.of("data", data));
        }
        return all;
    }

    /// What was rendered of the copy, as of the chart itself.
    String restored(String rendered) {
        return rendered.replace(NO_HOOK, HOOK);
    }

    @Override
    public void close() throws IOException {
        for (Path each : all(folder).reversed()) {
            Files.delete(each);
        }
    }

    /// Folders before what is in them.
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.toList();
        }
    }
}
