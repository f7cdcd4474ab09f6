package dev.whirl.cli.yaml;

import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A value in a YAML file, with its place.
public sealed interface YamlNode {
    Place place();

    /// The value as JSON.
    RawJson toJson();

    /// Where something begins, counted from 1.
    record Place(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    /// Keys with values, in their order.
    ///
    /// @param entries by key
    /// @param keyPlaces where each key stands
    record Mapping(SequencedMap<String, YamlNode> entries, SequencedMap<String, Place> keyPlaces, Place place)
            implements YamlNode {
        @Override
        public RawJson toJson() {
            var fields = new LinkedHashMap<String, RawJson>();
            entries.forEach((key, value) -> fields.put(key, value.toJson()));
            return RawJson.object(fields);
        }
    }

    record Sequence(List<YamlNode> elements, Place place) implements YamlNode {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public RawJson toJson() {
            return RawJson.array(elements.stream().map(YamlNode::toJson).toList());
        }
    }

    /// A string, number, truth value or nothing.
    ///
    /// @param text as it is written
    /// @param toJson what it means
    record Scalar(String text, RawJson toJson, Place place) implements YamlNode {
        public boolean isNull() {
            return toJson.kind() == RawJson.Kind.NULL;
        }
    }
}
