package dev.whirl.cli.project.manifest;

import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.action.WebAnnotations;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.ExecHints;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Limits;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Source;
import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.cli.yaml.YamlNode.Place;
import dev.whirl.client.KeyValues;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one action of a manifest (row L-39).
final class ActionReader {
    static final Set<String> KEYS = Set.of(
            "name",
            "filepath",
            "function",
            "code",
            "location",
            "runtime",
            "main",
            "docker",
            "native",
            "conductor",
            "web",
            "web-export",
            "rawHTTP",
            "inputs",
            "outputs",
            "annotations",
            "limits",
            "include",
            "exclude",
            "version",
            "namespace",
            "credential",
            "exposedUrl",
            "description");
    private static final Set<String> LIMITS = Set.of(
            "timeout",
            "memorySize",
            "logSize",
            "concurrency",
            "concurrentActivations",
            "userInvocationRate",
            "codeSize",
            "parameterSize");

    private ActionReader() {}

    /// @param outer the package, whose inputs are variables here
    static ManifestAction read(String name, YamlNode node, Section outer, Values overrides) {
        Section section = Section.of(node, "action '" + name + "'", KEYS, outer.problems(), outer.variables());
        section.passOver(List.of("namespace", "credential", "exposedUrl", "filepath"), "nothing here uses it");
        section.tellOtherName(name);
        String runtime = section.text("runtime");
        var hints = new ExecHints(
                runtime == null ? null : KindBySuffix.kindOf(runtime),
                section.text("main"),
                section.text("docker"),
                section.isTrue("native"));
        Place place = section.place(section.text("function") == null ? "location" : "function");
        return new ManifestAction(
                source(section),
                hints,
                values(section).overriddenBy(overrides),
                web(section),
                limits(section),
                section.where(place));
    }

    /// `web` or `web-export`, and `rawHTTP`.
    static @Nullable String web(Section section) {
        String web = section.text("web") == null ? section.text("web-export") : section.text("web");
        if (section.isTrue("rawHTTP") && web == null) {
            throw section.error("rawHTTP", "is for web actions: it needs 'web: raw' or 'web: true'");
        }
        if (web != null) {
            requireMode(section, web);
        }
        return section.isTrue("rawHTTP") ? "raw" : web;
    }

    private static void requireMode(Section section, String web) {
        try {
            WebAnnotations.withWeb(KeyValues.NONE, web);
        } catch (CliException _) {
            String key = section.text("web") == null ? "web-export" : "web";
            throw section.error(key, "must be true, raw or false, not '" + web + "'");
        }
    }

    private static Source source(Section section) {
        String function = Stream.of("function", "location")
                .filter(key -> section.text(key) != null)
                .findFirst()
                .map(section::text)
                .orElse(null);
        String code = section.literal("code");
        if (function == null && code == null && section.text("docker") == null) {
            throw section.error("function", "is missing: it needs 'function', 'code' or 'docker'");
        }
        if (function != null && code != null) {
            throw section.error("code", "cannot stand beside 'function'");
        }
        if (code != null && section.text("runtime") == null && section.text("docker") == null) {
            throw section.error("code", "needs 'runtime' beside it");
        }
        List<Included> include = section.elements("include").stream()
                .map(each -> included(section, each))
                .toList();
        return new Source(function, code, include, section.texts("exclude"));
    }

    /// `source`, `[source]` or `[source, destination]`.
    private static Included included(Section section, YamlNode node) {
        List<YamlNode> parts = node instanceof YamlNode.Sequence sequence ? sequence.elements() : List.of(node);
        if (parts.isEmpty() || parts.size() > 2 || !parts.stream().allMatch(YamlNode.Scalar.class::isInstance)) {
            throw section.error("include", "must hold pairs: [source, destination]");
        }
        List<String> texts = parts.stream()
                .map(part -> section.variables().text(((YamlNode.Scalar) part).text()))
                .toList();
        return new Included(texts.getFirst(), texts.size() == 2 ? texts.get(1) : null);
    }

    private static Values values(Section section) {
        Values values = InputReader.described(section);
        if (!section.isTrue("conductor")) {
            return values;
        }
        var annotations = new LinkedHashMap<>(values.annotations());
        annotations.put("conductor", RawJson.TRUE);
        return new Values(values.inputs(), annotations, values.initInputs());
    }

    private static Limits limits(Section action) {
        Section section = Section.of(
                action.node("limits").orElseGet(() -> new YamlNode.Scalar("", RawJson.NULL, action.place())),
                "the limits of an action",
                LIMITS,
                action.problems(),
                action.variables());
        section.passOver(
                List.of("userInvocationRate", "codeSize", "parameterSize"), "only the server's operator can change it");
        Long concurrency = section.number("concurrency");
        return new Limits(
                section.number("timeout"),
                section.number("memorySize"),
                section.number("logSize"),
                concurrency == null ? section.number("concurrentActivations") : concurrency);
    }
}
