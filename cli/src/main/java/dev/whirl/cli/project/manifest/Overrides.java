package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.cli.yaml.YamlNode.Place;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
    /// @param where it stands, as messages begin with it
    /// @param entities by kind and name, as `actions/hello`
    public record OfPackage(String where, Values values, Map<String, OfEntity> entities) {
        static final OfPackage NONE = new OfPackage("", Values.NONE, Map.of());

        Values of(String kind, String name) {
            OfEntity said = entities.get(kind + "/" + name);
            return said == null ? Values.NONE : said.values();
        }
    }

    /// For something in a package.
    ///
    /// @param what it is, for people
    /// @param where as of [OfPackage]
    public record OfEntity(String what, String where, Values values) {}

    OfPackage of(String packageName) {
        return packages.getOrDefault(packageName, OfPackage.NONE);
    }

    /// Doubts what is said about things that the manifest has not: it has no effect.
    void check(List<ManifestPackage> there, Problems problems) {
        packages.forEach((name, said) -> {
            List<ManifestPackage> meant =
                    there.stream().filter(each -> each.name().equals(name)).toList();
            if (meant.isEmpty()) {
                doubt("package '" + name + "'", said.where(), problems);
                return;
            }
            said.entities().forEach((entity, ofEntity) -> {
                if (meant.stream().noneMatch(each -> has(each, entity))) {
                    doubt("%s of package '%s'".formatted(ofEntity.what(), name), ofEntity.where(), problems);
                }
            });
        });
    }

    private static void doubt(String what, String where, Problems problems) {
        String sentence = what + " has no effect: the manifest has none of this name";
        problems.doubt(where, sentence, sentence);
    }

    private static boolean has(ManifestPackage place, String entity) {
        return Stream.of(
                        Map.entry("actions/", place.actions().keySet()),
                        Map.entry("sequences/", place.events().sequences().keySet()),
                        Map.entry("triggers/", place.events().triggers().keySet()))
                .anyMatch(kind -> kind.getValue().stream().anyMatch(name -> entity.equals(kind.getKey() + name)));
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
        Map<String, Place> places = section.places("packages");
        return section.children("packages", "package", (name, node) -> {
            Section each = Section.of(
                    node, "package '" + name + "'", PackageReader.KEYS, section.problems(), section.variables());
            passOver(each, PackageReader.KEYS);
            var entities = new LinkedHashMap<String, OfEntity>();
            for (Kind kind : KINDS) {
                entities(each, kind).forEach((entity, said) -> entities.put(kind.plural() + "/" + entity, said));
            }
            String where = section.where(places.getOrDefault(name, node.place()));
            return new OfPackage(where, InputReader.values(each), entities);
        });
    }

    private static Map<String, OfEntity> entities(Section section, Kind kind) {
        Map<String, Place> places = section.places(kind.plural());
        return section.children(kind.plural(), kind.singular(), (entity, node) -> {
            String what = kind.singular() + " '" + entity + "'";
            Section one = Section.of(node, what, kind.keys(), section.problems(), section.variables());
            passOver(one, kind.keys());
            String where = section.where(places.getOrDefault(entity, node.place()));
            return new OfEntity(what, where, InputReader.values(one));
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
