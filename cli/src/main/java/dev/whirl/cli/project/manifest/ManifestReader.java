package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.ApiConfig;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.yaml.YamlException;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.cli.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a manifest. Unknown keys are warnings, or errors if it is to be strict, with line and column.
public final class ManifestReader {
    static final Set<String> TOP = Set.of("project", "packages", "filepath");

    static final Set<String> PROJECT = Set.of(
            "name",
            "namespace",
            "credential",
            "apiHost",
            "apigwAccessToken",
            "version",
            "packages",
            "inputs",
            "config",
            "license");

    private final Problems problems;
    private final Variables variables;
    private final Overrides overrides;

    private ManifestReader(Problems problems, Variables variables, Overrides overrides) {
        this.problems = problems;
        this.variables = variables;
        this.overrides = overrides;
    }

    /// @param overrides what the deployment file says
    /// @throws ManifestException if the manifest cannot be used
    public static Manifest read(String text, Problems problems, Variables variables, Overrides overrides) {
        return new ManifestReader(problems, variables, overrides).manifest(tree(text, problems));
    }

    static YamlNode tree(String text, Problems problems) {
        try {
            return YamlReader.read(text);
        } catch (YamlException e) {
            throw new ManifestException(problems.file() + ": " + e.getMessage());
        }
    }

    private Manifest manifest(YamlNode root) {
        Section top = Section.of(root, "the manifest", TOP, problems, variables);
        top.passOver("filepath", "nothing here uses it");
        Manifest manifest = manifest(top, top.node("project").orElse(null));
        if (manifest.packages().isEmpty()) {
            throw problems.error(top.place(), "there are no packages in it");
        }
        overrides.check(manifest.packages(), problems);
        return manifest;
    }

    private Manifest manifest(Section top, @Nullable YamlNode node) {
        if (node == null) {
            List<ManifestPackage> packages = packages(top, variables.with(overrides.inputs()));
            return new Manifest("", overrides.target(), ApiActions.exposed(packages, problems), null);
        }
        Section project = Section.of(node, "the project", PROJECT, problems, variables);
        var inputs = new LinkedHashMap<>(InputReader.values(project).inputs());
        inputs.putAll(overrides.inputs());
        var packages = new ArrayList<>(packages(project, variables.with(inputs)));
        packages.addAll(packages(top, variables.with(inputs)));
        String name = project.text("name");
        ApiConfig config = config(project, packages);
        return new Manifest(
                name == null ? "" : name,
                overrides.target().orElse(target(project)),
                config == null
                        ? ApiActions.exposed(packages, problems)
                        : packages.stream().map(ManifestPackage::withoutApis).toList(),
                config);
    }

    static Target target(Section project) {
        return new Target(
                project.text("apiHost"),
                project.text("credential"),
                project.text("namespace"),
                project.text("apigwAccessToken"));
    }

    /// As with wskdeploy, a document with APIs takes the place of those in the packages.
    private @Nullable ApiConfig config(Section project, List<ManifestPackage> packages) {
        String file = project.text("config");
        if (file == null) {
            return null;
        }
        if (packages.stream().anyMatch(each -> !each.events().apis().isEmpty())) {
            problems.note(project.place("config"), "the 'apis' of the packages have no effect beside 'config'");
        }
        return new ApiConfig(file, project.where(project.place("config")));
    }

    private List<ManifestPackage> packages(Section section, Variables scope) {
        Map<String, ManifestPackage> packages = section.with(scope)
                .entities(
                        "packages",
                        "package",
                        (name, node) -> new PackageReader(problems, scope, overrides.of(name)).read(name, node));
        return List.copyOf(packages.values());
    }
}
