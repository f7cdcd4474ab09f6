package dev.whirl.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The chart in a folder.
///
/// @param folder with Chart.yaml
public record Chart(Path folder) {
    /// The release that renderings belong to.
    public static final String RELEASE = "whirl";

    /// The namespace that it is in.
    public static final String NAMESPACE = "functions";

    /// The version of the cluster that does not exist: the oldest that the chart is for.
    private static final String KUBERNETES = "1.25.0";

    /// Says what is wrong with the chart, as `helm lint --strict` does.
    ///
    /// @return empty if nothing is
    public List<String> lint() {
        LintResult result = new Helm(folder).lint().strict().quiet().call();
        return result.isFailed() ? result.getMessages() : List.of();
    }

    /// Renders the chart with its default values.
    public Manifests render() {
        return render(Optional.empty(), Map.of());
    }

    /// Renders the chart, its tests included.
    ///
    /// @param preset a file of values of the chart, such as `values-kind.yaml`; empty for none
    /// @param values that count before those of the preset, as nested maps and lists
    /// @throws IllegalStateException with Helm's message, if it refuses
    public Manifests render(Optional<String> preset, Map<String, ?> values) {
        return Manifests.parse(text(preset, values));
    }

    /// As [#render], as Helm prints it.
    public String text(Optional<String> preset, Map<String, ?> values) {
        try (var copy = ChartCopy.of(folder)) {
            Path file = Files.writeString(copy.folder().resolve("given.yaml"), Serialization.asYaml(values));
            TemplateCommand command = new Helm(copy.folder())
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .set("secrets.lookup", false); // there is no cluster to look in
            preset.ifPresent(each -> command.withValuesFile(folder.resolve(each)));
            return copy.restored(command.withValuesFile(file).call());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
