package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a deployment file says beyond the manifest (row L-37): where to deploy to, and other inputs and
/// annotations.
///
/// @param inputs of the project
public record Overrides(Target target, Map<String, RawJson> inputs, Map<String, OfPackage> packages) {
    public static final Overrides NONE = new Overrides(Target.ELSEWHERE, Map.of(), Map.of());

    private static final Set<String> PROJECT =
            Set.of("name", "namespace", "credential", "apiHost", "apigwAccessToken", "version", "packages", "inputs");
    private static final Set<String> PACKAGE =
            Set.of("namespace", "credential", "apiHost", "inputs", "annotations", "actions", "sequences", "triggers");
    private static final Set<String> ENTITY = Set.of("inputs", "annotations", "namespace", "credential");

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
        Section top = Section.of(root, "the deployment", Set.of("project", "packages"), problems, variables);
        YamlNode node = top.node("project").orElse(null);
        if (node == null) {
            return new Overrides(Target.ELSEWHERE, Map.of(), packages(top));
        }
        Section project = Section.of(node, "the project", PROJECT, problems, variables);
        Map<String, RawJson> inputs = InputReader.values(project).inputs();
        Variables inner = variables.with(inputs);
        var packages = new LinkedHashMap<>(packages(project.with(inner)));
        packages.putAll(packages(top.with(inner)));
        return new Overrides(ManifestReader.target(project), inputs, packages);
    }

    private static Map<String, OfPackage> packages(Section section) {
        return section.children("packages", "package", (name, node) -> {
            Section each = Section.of(node, "package '" + name + "'", PACKAGE, section.problems(), section.variables());
            passOver(each, "namespace", "credential", "apiHost");
            var entities = new LinkedHashMap<String, Values>();
            for (String kind : new String[] {"actions", "sequences", "triggers"}) {
                String noun = kind.substring(0, kind.length() - 1);
                each.children(kind, noun, (entity, values) -> {
                            String what = noun + " '" + entity + "'";
                            Section one = Section.of(values, what, ENTITY, section.problems(), section.variables());
                            passOver(one, "namespace", "credential");
                            return InputReader.values(one);
                        })
                        .forEach((entity, values) -> entities.put(kind + "/" + entity, values));
            }
            return new OfPackage(InputReader.values(each), entities);
        });
    }

    private static void passOver(Section section, String... keys) {
        for (String key : keys) {
            section.passOver(key, PackageReader.NOT_SET_HERE);
        }
    }
}
