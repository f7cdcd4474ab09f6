package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
/// What a deployment file says beyond the manifest (row L-37): where to deploy to, and other inputs and
/// annotations.
///
/// @param inputs of the project

public record Overrides(Target target, Map<String, RawJson> inputs, Map<String, OfPackage> packages) {
    public static final Overrides NONE = new Overrides(Target.ELSEWHERE, Map.of(), Map.of());

    /// Of a package or what is in it: where to deploy to.
    private static final List<String> PLACES = List.of("namespace", "credential", "apiHost", "apigwAccessToken");

    /// The same: what counts here, and notes.
    private static final Set<String> HEARD =
            Set.of("inputs", "annotations", "actions", "sequences", "triggers", "name", "version", "license");

    private static final String ONLY_VALUES = "a deployment file says only 'inputs' and 'annotations'";

    /// What can be said about the entities in a package.
    private static final List<Kind> KINDS = List.of(
            new Kind("actions", ActionReader.KEYS),
            new Kind("sequences", PackageReader.SEQUENCE),
            new Kind("triggers", PackageReader.TRIGGER));

    private record Kind(String plural, Set<String> keys) {
        String singular() {
            return plural.substring(0, plural.length() - 1);
        }
    }

    /// For one package.
    ///
    /// @param entities by kind and name, as `actions/hello`
    public record OfPackage(Values values, Map<String, Values> entities) {
        static final OfPackage NONE = new OfPackage(Values.NONE, Map.of());

        Values of(String kind, String name) {
            return entities.getOrDefault(kind + "/" + name, Values.NONE);
        }
    }

    OfPackage of(String packageName) {
        return packages.getOrDefault(packageName, OfPackage.NONE);
    }

    /// Reads a deployment file.
    public static Overrides read(String text, Problems problems, Variables variables) {
        YamlNode root = ManifestReader.tree(text, problems);
        Section top = Section.of(root, "the deployment", ManifestReader.TOP, problems, variables);
        YamlNode node = top.node("project").orElse(null);
        if (node == null) {
            return new Overrides(Target.ELSEWHERE, Map.of(), packages(top));
        }
        Section project = Section.of(node, "the project", ManifestReader.PROJECT, problems, variables);
        project.passOver("config", ONLY_VALUES);
        Map<String, RawJson> inputs = InputReader.values(project).inputs();
        Variables inner = variables.with(inputs);
        var packages = new LinkedHashMap<>(packages(project.with(inner)));
        packages.putAll(packages(top.with(inner)));
        return new Overrides(ManifestReader.target(project), inputs, packages);
    }

    private static Map<String, OfPackage> packages(Section section) {
        return section.children("packages", "package", (name, node) -> {
            Section each = Section.of(
                    node, "package '" + name + "'", PackageReader.KEYS, section.problems(), section.variables());
            passOver(each, PackageReader.KEYS);
            var entities = new LinkedHashMap<String, Values>();
            for (Kind kind : KINDS) {
                each.children(kind.plural(), kind.singular(), (entity, values) -> {
                            String what = kind.singular() + " '" + entity + "'";
                            Section one =
                                    Section.of(values, what, kind.keys(), section.problems(), section.variables());
                            passOver(one, kind.keys());
                            return InputReader.values(one);
                        })
                        .forEach((entity, values) -> entities.put(kind.plural() + "/" + entity, values));
            }
            return new OfPackage(InputReader.values(each), entities);
        });
    }

    private static void passOver(Section section, Set<String> known) {
        section.passOver(PLACES, PackageReader.NOT_SET_HERE);
        var others = new TreeSet<>(known);
        others.removeAll(PLACES);
        others.removeAll(HEARD);
        section.passOver(others, ONLY_VALUES);
    }
}
