package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.Values;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads parameters, in their short form `name: value` and their long one `name: {type, value, …}` (row L-40), and
/// annotations.
final class InputReader {
    private static final Set<String> LONG_FORM =
            Set.of("type", "description", "value", "required", "default", "status", "schema", "init");

    /// What a parameter is if only its type is given.
    private static final Map<String, RawJson> EMPTY_VALUES = Map.of(
            "string",
            RawJson.string(""),
            "integer",
            RawJson.number(0),
            "float",
            RawJson.number(0),
            "boolean",
            RawJson.FALSE,
            "json",
            RawJson.EMPTY_OBJECT,
            "object",
            RawJson.EMPTY_OBJECT);

    private InputReader() {}

    /// `inputs` and `annotations` of a section.
    static Values values(Section section) {
        var inits = new HashSet<String>();
        section.children("inputs", "input", (name, node) -> {
            if (isInit(section, node)) {
                inits.add(name);
            }
            return name;
        });
        return new Values(read(section, "inputs", true), read(section, "annotations", false), inits);
    }

    /// The same, with a `description` as an annotation.
    static Values described(Section section) {
        Values values = values(section);
        String description = section.text("description");
        if (description == null) {
            return values;
        }
        var annotations = new LinkedHashMap<>(values.annotations());
        annotations.putIfAbsent("description", RawJson.string(description));
        return new Values(values.inputs(), annotations, values.initInputs());
    }

    private static SequencedMap<String, RawJson> read(Section section, String key, boolean mayBeLong) {
        var values = new LinkedHashMap<String, RawJson>();
        section.children(key, key.substring(0, key.length() - 1), (name, node) -> {
            if (!mayBeLong && name.equals(Manifest.MARK)) {
                section.problems()
                        .note(
                                node.place(),
                                "'" + name + "' says which project something belongs to, which a manifest"
                                        + " can't: it is left out");
                return name;
            }
            value(section, name, node, mayBeLong).ifPresent(value -> values.put(name, value));
            return name;
        });
        return values;
    }

    private static Optional<RawJson> value(Section section, String name, YamlNode node, boolean mayBeLong) {
        if (mayBeLong && node instanceof YamlNode.Mapping mapping && isLongForm(mapping)) {
            return longForm(section, name, mapping);
        }
        if (mayBeLong && node instanceof YamlNode.Scalar scalar && EMPTY_VALUES.containsKey(scalar.text())) {
            return Optional.ofNullable(EMPTY_VALUES.get(scalar.text()));
        }
        return Optional.of(section.json(node));
    }

    /// Whether a value that stands where a parameter does would be read as its type, or as its long form.
    static boolean meansSomethingElse(RawJson value) {
        return value.asText().map(EMPTY_VALUES::containsKey).orElse(false)
                || isLongForm(value.fields().keySet());
    }

    private static boolean isInit(Section section, YamlNode node) {
        return node instanceof YamlNode.Mapping mapping
                && isLongForm(mapping)
                && Section.anyKeys(mapping, "an input", section.problems(), section.variables())
                        .isTrue("init");
    }

    private static boolean isLongForm(YamlNode.Mapping mapping) {
        return isLongForm(mapping.entries().keySet());
    }

    private static boolean isLongForm(Set<String> keys) {
        return LONG_FORM.containsAll(keys)
                && (keys.contains("value") || keys.contains("type") || keys.contains("default"));
    }

    /// A value, else a default, else what the type says; a required one must have a value.
    private static Optional<RawJson> longForm(Section section, String name, YamlNode.Mapping mapping) {
        Section input = Section.of(mapping, "input '" + name + "'", LONG_FORM, section.problems(), section.variables());
        String type = Optional.ofNullable(input.text("type")).orElse("");
        Optional<YamlNode> given = input.node("value").or(() -> input.node("default"));
        if (given.isPresent()) {
            return Optional.of(typed(input, type, section.json(given.get())));
        }
        if (input.isTrue("required")) {
            throw input.problems().error(input.place(), "input '%s' is required and has no value".formatted(name));
        }
        return Optional.ofNullable(EMPTY_VALUES.get(type));
    }

    /// Text where the type says otherwise is what it holds, as when it came from a variable.
    private static RawJson typed(Section input, String type, RawJson value) {
        boolean isText = type.isEmpty() || type.equals("string") || !EMPTY_VALUES.containsKey(type);
        if (isText || value.kind() != RawJson.Kind.STRING) {
            return value;
        }
        try {
            return RawJson.parse(value.asText().orElseThrow());
        } catch (MalformedJsonException e) {
            throw input.problems().error(input.place(), "the value is no %s: %s".formatted(type, e.getMessage()));
        }
    }
}
