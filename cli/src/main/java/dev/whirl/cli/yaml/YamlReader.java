package dev.whirl.cli.yaml;

import dev.whirl.cli.yaml.YamlNode.Place;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads one YAML document. Aliases and merge keys are followed, within bounds.
public final class YamlReader {
    /// Far above any file that people write; an alias of an alias of an alias would pass every other bound.
    private static final int MAX_NODES = 100_000;

    /// Looked at before anything is read, which takes long for a long text.
    private static final int MAX_CHARACTERS = 3 * 1024 * 1024;

    private static final int MAX_DEPTH = 50;
    private static final Set<String> TRUE_WORDS = Set.of("true", "yes", "on");

    private int nodes;

    private YamlReader() {}

    /// @throws YamlException with line and column of what is wrong
    public static YamlNode read(String text) throws YamlException {
        if (text.length() > MAX_CHARACTERS) {
            throw new YamlException("longer than %,d characters".formatted(MAX_CHARACTERS));
        }
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                return new YamlNode.Scalar("", RawJson.NULL, new Place(1, 1));
            }
            return new YamlReader().node(root, 0);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String problem = String.valueOf(e.getProblem());
            throw mark == null ? new YamlException(problem) : YamlException.at(place(mark), problem);
        } catch (org.yaml.snakeyaml.error.YAMLException e) {
            throw new YamlException(String.valueOf(e.getMessage()));
        }
    }

    private YamlNode node(Node node, int depth) throws YamlException {
        Place place = place(node.getStartMark());
        nodes++;
        if (nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw YamlException.at(place, "too large, or an alias that contains itself");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, place, depth);
            case SequenceNode sequence -> {
                var elements = new ArrayList<YamlNode>();
                for (Node element : sequence.getValue()) {
                    elements.add(node(element, depth + 1));
                }
                yield new YamlNode.Sequence(elements, place);
            }
            case ScalarNode scalar -> new YamlNode.Scalar(scalar.getValue(), json(scalar), place);
            default -> throw YamlException.at(place, "not understood");
        };
    }

    private YamlNode mapping(MappingNode mapping, Place place, int depth) throws YamlException {
        var entries = new LinkedHashMap<String, YamlNode>();
        var places = new LinkedHashMap<String, Place>();
        var merged = new ArrayList<YamlNode.Mapping>();
        for (NodeTuple each : mapping.getValue()) {
            Place keyPlace = place(each.getKeyNode().getStartMark());
            if (!(each.getKeyNode() instanceof ScalarNode key)) {
                throw YamlException.at(keyPlace, "a key must be text");
            }
            YamlNode value = node(each.getValueNode(), depth + 1);
            if (key.getTag().equals(Tag.MERGE)) {
                merged.addAll(toMerge(value));
            } else if (entries.put(key.getValue(), value) != null) {
                throw YamlException.at(keyPlace, "'" + key.getValue() + "' is there twice");
            } else {
                places.put(key.getValue(), keyPlace);
            }
        }
        for (YamlNode.Mapping each : merged) {
            each.entries().forEach(entries::putIfAbsent);
            each.keyPlaces().forEach(places::putIfAbsent);
        }
        return new YamlNode.Mapping(entries, places, place);
    }

    /// One mapping, or several, of which earlier ones win.
    private static List<YamlNode.Mapping> toMerge(YamlNode value) throws YamlException {
        List<YamlNode> nodes = value instanceof YamlNode.Sequence sequence ? sequence.elements() : List.of(value);
        var mappings = new ArrayList<YamlNode.Mapping>();
        for (YamlNode each : nodes) {
            if (!(each instanceof YamlNode.Mapping mapping)) {
                throw YamlException.at(each.place(), "'<<' takes keys with values, or a list of such");
            }
            mappings.add(mapping);
        }
        return mappings;
    }

    private static RawJson json(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return RawJson.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return RawJson.bool(TRUE_WORDS.contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text);
        }
        return RawJson.string(text);
    }

    /// Numbers that JSON writes otherwise, as `0x10`, stay text.
    private static RawJson number(String text) {
        try {
            RawJson value = RawJson.parse(text.replace("_", ""));
            return value.kind() == RawJson.Kind.NUMBER ? value : RawJson.string(text);
        } catch (MalformedJsonException _) {
            return RawJson.string(text);
        }
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
