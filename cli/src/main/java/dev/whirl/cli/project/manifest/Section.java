package dev.whirl.cli.project.manifest;

import dev.whirl.cli.command.Nearest;
import dev.whirl.cli.yaml.YamlNode;
import dev.whirl.cli.yaml.YamlNode.Place;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// One mapping of a manifest, read key by key, with everything in it that can be wrong told with its place.
final class Section {
    private final YamlNode.Mapping mapping;
    private final String what;
    private final Problems problems;
    private final Variables variables;

    private Section(YamlNode.Mapping mapping, String what, Problems problems, Variables variables) {
        this.mapping = mapping;
        this.what = what;
        this.problems = problems;
        this.variables = variables;
    }

    /// @param what it describes, for messages, such as `action 'hello'`
    /// @param known the keys it may have
    static Section of(YamlNode node, String what, Set<String> known, Problems problems, Variables variables) {
        Section section = anyKeys(node, what, problems, variables);
        section.mapping.keyPlaces().forEach((key, place) -> {
            if (!known.contains(key)) {
                String question = Nearest.question(Nearest.names(key, known));
                problems.doubt(
                        place,
                        "unknown key '%s' in %s%s".formatted(key, what, question.isEmpty() ? "" : "; " + question));
            }
        });
        return section;
    }

    /// A mapping whose keys are names that the user chose.
    static Section anyKeys(YamlNode node, String what, Problems problems, Variables variables) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Section(mapping, what, problems, variables);
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            var empty = new YamlNode.Mapping(new LinkedHashMap<>(), new LinkedHashMap<>(), node.place());
            return new Section(empty, what, problems, variables);
        }
        throw problems.error(node.place(), what + " must have keys and values");
    }

    Place place() {
        return mapping.place();
    }

    Place place(String key) {
        return mapping.keyPlaces().getOrDefault(key, mapping.place());
    }

    Variables variables() {
        return variables;
    }

    Problems problems() {
        return problems;
    }

    Section with(Variables others) {
        return new Section(mapping, what, problems, others);
    }

    Optional<YamlNode> node(String key) {
        return Optional.ofNullable(mapping.entries().get(key))
                .filter(node -> !(node instanceof YamlNode.Scalar scalar && scalar.isNull()));
    }

    /// Where something stands, as messages begin with it.
    String where(Place place) {
        return problems.where(place);
    }

    ManifestException error(String key, String reason) {
        return problems.error(place(key), "'%s' of %s %s".formatted(key, what, reason));
    }

    /// Tells that a key is understood and has no effect, unless it says nothing.
    void passOver(String key, String reason) {
        if (node(key).filter(Section::saysSomething).isPresent()) {
            problems.note(place(key), "'%s' of %s has no effect: %s".formatted(key, what, reason));
        }
    }

    /// The same of several keys.
    void passOver(Collection<String> keys, String reason) {
        keys.forEach(key -> passOver(key, reason));
    }

    /// Tells that a `name` inside is another one than the key above, which counts.
    void tellOtherName(String name) {
        String inside = text("name");
        if (inside != null && !inside.equals(name)) {
            passOver("name", "its name is the key above it, '%s'".formatted(name));
        }
    }

    private static boolean saysSomething(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> !scalar.text().isEmpty();
            case YamlNode.Sequence sequence -> !sequence.elements().isEmpty();
            case YamlNode.Mapping child -> !child.entries().isEmpty();
        };
    }

    /// A text; an empty one is none, as programs write what is not there.
    @Nullable
    String text(String key) {
        return node(key)
                .map(node -> scalar(key, node))
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    /// The same of a text as it is written: in a program, a dollar is nothing special.
    @Nullable
    String literal(String key) {
        return node(key)
                .map(node -> written(key, node).text())
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    String required(String key) {
        String text = text(key);
        if (text == null) {
            throw problems.error(place(), what + " needs '" + key + "'");
        }
        return text;
    }

    boolean isTrue(String key) {
        String text = text(key);
        return text != null && isTrue(key, text);
    }

    @Nullable
    Long number(String key) {
        String text = text(key);
        try {
            return text == null ? null : Long.valueOf(text.strip());
        } catch (NumberFormatException _) {
            throw error(key, "must be a whole number, not '" + text + "'");
        }
    }

    /// Texts in an array, or in one text with commas.
    List<String> texts(String key) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.elements().stream()
                    .map(element -> scalar(key, element))
                    .toList();
        }
        return Arrays.stream(scalar(key, node).split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// The elements of an array.
    List<YamlNode> elements(String key) {
        return switch (node(key).orElse(null)) {
            case null -> List.of();
            case YamlNode.Sequence sequence -> sequence.elements();
            case YamlNode other -> List.of(other);
        };
    }

    /// What is named below a key, each read on its own.
    ///
    /// @param noun of one of them, for messages
    <T> Map<String, T> children(String key, String noun, BiFunction<String, YamlNode, T> reader) {
        YamlNode node = node(key).orElse(null);
        if (node == null) {
            return Map.of();
        }
        var children = new LinkedHashMap<String, T>();
        Section section = anyKeys(node, noun + "s of " + what, problems, variables);
        section.mapping.entries().forEach((name, child) -> {
            String written = variables.text(name);
            if (written.isEmpty()) {
                throw problems.error(section.place(name), "the name of this %s is empty".formatted(noun));
            }
            children.put(written, reader.apply(written, child));
        });
        return children;
    }

    /// Where the names below a key stand, by names as of [#children].
    Map<String, Place> places(String key) {
        var places = new LinkedHashMap<String, Place>();
        if (node(key).orElse(null) instanceof YamlNode.Mapping named) {
            named.keyPlaces().forEach((name, place) -> places.put(variables.text(name), place));
        }
        return places;
    }

    /// Entities that are named below a key: a name with a slash would lie elsewhere.
    <T> Map<String, T> entities(String key, String noun, BiFunction<String, YamlNode, T> reader) {
        return children(key, noun, (name, child) -> {
            if (name.contains("/")) {
                throw problems.error(
                        child.place(), "'%s' cannot be the name of this %s: it has a slash".formatted(name, noun));
            }
            if (name.equals(".") || name.equals("..")) {
                throw problems.error(
                        child.place(),
                        "'%s' cannot be the name of this %s: in an address it is a folder".formatted(name, noun));
            }
            return reader.apply(name, child);
        });
    }

    /// Everything below it as JSON, with variables put in.
    RawJson json(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar(var text, var value, var place) -> {
                doubtUnknown(text, place);
                yield value.kind() == RawJson.Kind.STRING ? variables.value(text) : value;
            }
            case YamlNode.Sequence sequence -> {
                var values = new ArrayList<RawJson>();
                sequence.elements().forEach(each -> values.add(json(each)));
                yield RawJson.array(values);
            }
            case YamlNode.Mapping child -> {
                var fields = new LinkedHashMap<String, RawJson>();
                child.entries().forEach((key, each) -> fields.put(key, json(each)));
                yield RawJson.object(fields);
            }
        };
    }

    private String scalar(String key, YamlNode node) {
        YamlNode.Scalar scalar = written(key, node);
        doubtUnknown(scalar.text(), scalar.place());
        return variables.text(scalar.text());
    }

    private YamlNode.Scalar written(String key, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar;
        }
        throw problems.error(node.place(), "'%s' of %s must be one value".formatted(key, what));
    }

    private void doubtUnknown(String text, Place where) {
        List<String> names = text.indexOf('$') < 0 ? List.of() : variables.unknown(text);
        names.forEach(name -> problems.doubt(where, "the variable '%s' is not set".formatted(name)));
    }

    private boolean isTrue(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw error(key, "must be true or false, not '" + text + "'");
        };
    }
}
