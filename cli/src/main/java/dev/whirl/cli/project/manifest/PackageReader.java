package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.Dependency;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.ManifestRule;
import dev.whirl.cli.project.manifest.Manifest.ManifestSequence;
import dev.whirl.cli.project.manifest.Manifest.ManifestTrigger;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads one package of a manifest (rows L-38, L-40).
final class PackageReader {
    static final Set<String> KEYS = Set.of(
            "name",
            "description",
            "version",
            "license",
            "public",
            "repositories",
            "dependencies",
            "namespace",
            "credential",
            "apiHost",
            "apigwAccessToken",
            "inputs",
            "annotations",
            "actions",
            "sequences",
            "triggers",
            "feeds",
            "rules",
            "apis");
    private static final Set<String> DEPENDENCY = Set.of("location", "version", "inputs", "annotations");
    static final Set<String> SEQUENCE =
            Set.of("name", "actions", "web", "web-export", "annotations", "inputs", "version", "description");
    static final Set<String> TRIGGER = Set.of(
            "name", "feed", "source", "inputs", "annotations", "credential", "namespace", "version", "description");
    private static final Set<String> RULE =
            Set.of("name", "trigger", "action", "annotations", "rule", "version", "description");
    static final String NOT_SET_HERE = "where to deploy to is said once, by the project or the command line";

    private final Problems problems;
    private final Variables outer;
    private final Overrides.OfPackage overrides;

    PackageReader(Problems problems, Variables outer, Overrides.OfPackage overrides) {
        this.problems = problems;
        this.outer = outer;
        this.overrides = overrides;
    }

    ManifestPackage read(String name, YamlNode node) {
        Section section = Section.of(node, "package '" + name + "'", KEYS, problems, outer);
        section.passOver(List.of("namespace", "credential", "apiHost", "apigwAccessToken"), NOT_SET_HERE);
        section.tellOtherName(name);
        section.passOver("feeds", "feeds are named by triggers");
        section.passOver("repositories", "nothing here uses it");
        Values values = InputReader.described(section).overriddenBy(overrides.values());
        Section inner = section.with(outer.with(values.inputs()));
        var actions = inner.entities(
                "actions",
                "action",
                (action, each) -> ActionReader.read(action, each, inner, overrides.of("actions", action)));
        var sequences = inner.entities("sequences", "sequence", (each, child) -> {
            if (actions.containsKey(each)) {
                throw problems.error(child.place(), "'%s' is an action of this package already".formatted(each));
            }
            return sequence(inner, each, child);
        });
        var events = new ManifestPackage.Events(
                sequences,
                inner.entities("triggers", "trigger", (each, child) -> trigger(inner, each, child)),
                inner.entities("rules", "rule", (each, child) -> rule(inner, each, child)),
                ApiReader.read(inner));
        Map<String, Dependency> dependencies =
                inner.entities("dependencies", "dependency", (each, child) -> dependency(inner, each, child));
        return new ManifestPackage(name, section.isTrue("public"), values, dependencies, actions, events);
    }

    private static Dependency dependency(Section outer, String name, YamlNode node) {
        Section section = section(outer, "dependency '" + name + "'", node, DEPENDENCY);
        String location = section.required("location");
        Values values = InputReader.values(section);
        String where = section.where(section.place("location"));
        if (location.matches("/[^/]+/[^/]+")) {
            return new Dependency.Bound(location, values, where);
        }
        try {
            return new Dependency.Fetched(Repository.parse(location, section.text("version")), values, where);
        } catch (IllegalArgumentException e) {
            throw section.error("location", String.valueOf(e.getMessage()));
        }
    }

    private ManifestSequence sequence(Section outer, String name, YamlNode node) {
        Section section = section(outer, "sequence '" + name + "'", node, SEQUENCE);
        section.tellOtherName(name);
        List<String> components = section.texts("actions");
        if (components.isEmpty()) {
            throw problems.error(section.place(), "sequence '" + name + "' needs 'actions'");
        }
        Values values = InputReader.described(section).overriddenBy(overrides.of("sequences", name));
        return new ManifestSequence(
                components, values, ActionReader.web(section), section.where(section.place("actions")));
    }

    private ManifestTrigger trigger(Section outer, String name, YamlNode node) {
        Section section = section(outer, "trigger '" + name + "'", node, TRIGGER);
        section.tellOtherName(name);
        String feed = section.text("feed") == null ? section.text("source") : section.text("feed");
        section.passOver(List.of("credential", "namespace"), NOT_SET_HERE);
        Values values = InputReader.described(section).overriddenBy(overrides.of("triggers", name));
        return new ManifestTrigger(
                feed, values, section.where(section.place(section.text("feed") == null ? "source" : "feed")));
    }

    private static ManifestRule rule(Section outer, String name, YamlNode node) {
        Section section = section(outer, "rule '" + name + "'", node, RULE);
        section.tellOtherName(name);
        section.passOver("rule", "nothing here uses it");
        return new ManifestRule(
                section.required("trigger"),
                section.required("action"),
                InputReader.described(section).annotations(),
                section.where(section.place("trigger")));
    }

    private static Section section(Section outer, String what, YamlNode node, Set<String> known) {
        return Section.of(node, what, known, outer.problems(), outer.variables());
    }
}
