package dev.whirl.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
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

    private static final String NOTES = "NOTES:\n";

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

    /// Renders the chart as an upgrade that finds Secrets in the cluster.
    ///
    /// @param there what an installation has made, or a user
    public Manifests upgrade(Map<String, ?> values, Collection<Secret> there) {
        return Manifests.parse(text(Optional.empty(), values, there));
    }

    /// As [#render], as Helm prints it.
    public String text(Optional<String> preset, Map<String, ?> values) {
        return text(preset, values, List.of());
    }

    private String text(Optional<String> preset, Map<String, ?> values, Collection<Secret> there) {
        try (var copy = ChartCopy.of(folder, there)) {
            Path file = Files.writeString(copy.folder().resolve("given.yaml"), Serialization.asYaml(values));
            TemplateCommand command = new Helm(copy.folder())
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES);
            preset.ifPresent(each -> command.withValuesFile(folder.resolve(each)));
            return copy.restored(command.withValuesFile(file).call());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `helm install` says when it is done.
    public String notes(Map<String, ?> values) {
        try (var copy = ChartCopy.of(folder, List.of())) {
            Path file = Files.writeString(copy.folder().resolve("given.yaml"), Serialization.asYaml(values));
            String said = new Helm(copy.folder())
                    .install()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .clientOnly()
                    .dryRun()
                    .withValuesFile(file)
                    .call()
                    .getOutput();
            return said.substring(said.indexOf(NOTES) + NOTES.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
