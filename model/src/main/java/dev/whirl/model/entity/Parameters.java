package dev.whirl.model.entity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An ordered list of parameters, each key once; the last of equal keys counts.
public record Parameters(List<Parameter> list) {
    public static final Parameters NONE = new Parameters(List.of());

    public Parameters {
        list = distinct(list);
    }

    public boolean isEmpty() {
        return list.isEmpty();
    }

    public Optional<Parameter> find(String key) {
        return list.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /// These parameters overridden by others with the same key; the others win (row R-83).
    public Parameters overriddenBy(Parameters others) {
        if (others.isEmpty()) {
            return this;
        }
        var merged = new ArrayList<>(list);
        merged.addAll(others.list);
        return new Parameters(merged);
    }

    /// The names of the encrypted ones, each with its algorithm (row I-55).
    public Map<String, String> locked() {
        var locked = new LinkedHashMap<String, String>();
        for (Parameter each : list) {
            if (each.encryption() != null) {
                locked.put(each.key(), each.encryption());
            }
        }
        return locked;
    }

    /// Bytes of all keys and values in compact JSON: what the size limit counts (row R-68).
    public long sizeBytes() {
        return list.stream()
                .mapToLong(each -> utf8Length(each.key()) + each.value().sizeBytes())
                .sum();
    }

    private static long utf8Length(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    private static List<Parameter> distinct(Collection<Parameter> parameters) {
        var byKey = new LinkedHashMap<String, Parameter>();
        parameters.forEach(each -> byKey.put(each.key(), each));
        return List.copyOf(byKey.values());
    }
}
