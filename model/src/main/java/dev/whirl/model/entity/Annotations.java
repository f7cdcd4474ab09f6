package dev.whirl.model.entity;

import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Ordered notes on an entity or a record, each key once. JSON form: an array of `{"key","value"}` (row R-14).
public record Annotations(SequencedMap<String, RawJson> values) {
    public static final Annotations NONE = new Annotations(new LinkedHashMap<>());

    public Annotations {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    public Optional<RawJson> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /// Whether the value counts as yes: there, and not `false`, `0`, `null` or `""` (row R-181).
    public boolean isTruthy(String key) {
        RawJson value = values.get(key);
        if (value == null) {
            return false;
        }
        String text = value.toString();
        return !(text.equals("false") || text.equals("0") || text.equals("null") || text.equals("\"\""));
    }

    public Annotations with(String key, RawJson value) {
        var copy = new LinkedHashMap<>(values);
        copy.put(key, value);
        return new Annotations(copy);
    }

    public Annotations withDefault(String key, RawJson value) {
        return values.containsKey(key) ? this : with(key, value);
    }

    /// These annotations overridden key by key (row R-65).
    public Annotations overriddenBy(Annotations others) {
        var copy = new LinkedHashMap<>(values);
        copy.putAll(others.values);
        return new Annotations(copy);
    }

    public Annotations without(Collection<String> keys) {
        var copy = new LinkedHashMap<>(values);
        new ArrayList<>(keys).forEach(copy::remove);
        return new Annotations(copy);
    }

    /// Bytes of all keys and values in compact JSON (row R-68).
    public long sizeBytes() {
        long total = 0;
        for (Map.Entry<String, RawJson> each : values.entrySet()) {
            total += each.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                    + each.getValue().sizeBytes();
        }
        return total;
    }
}
