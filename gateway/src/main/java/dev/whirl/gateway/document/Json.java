package dev.whirl.gateway.document;

import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// Reading and changing parts of documents.
public final class Json {
    private Json() {}

    public static String text(Map<String, RawJson> fields, String name, String fallback) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse(fallback);
    }

    /// The fields of a field; none if it is missing or no object.
    public static SequencedMap<String, RawJson> object(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).fields();
    }

    public static List<RawJson> list(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).elements();
    }

    /// All elements that are strings.
    public static List<String> texts(RawJson array) {
        return array.elements().stream().flatMap(each -> each.asText().stream()).toList();
    }

    /// A document with one field changed; an object is put where there was none.
    ///
    /// @param path names from the outside in
    public static RawJson change(RawJson document, List<String> path, UnaryOperator<RawJson> change) {
        if (path.isEmpty()) {
            return change.apply(document);
        }
        var fields = new LinkedHashMap<>(document.fields());
        RawJson inner = fields.getOrDefault(path.getFirst(), RawJson.EMPTY_OBJECT);
        fields.put(path.getFirst(), change(inner, path.subList(1, path.size()), change));
        return RawJson.object(fields);
    }

    /// An object without a field.
    public static RawJson without(RawJson object, String name) {
        var fields = new LinkedHashMap<>(object.fields());
        fields.remove(name);
        return RawJson.object(fields);
    }
}
