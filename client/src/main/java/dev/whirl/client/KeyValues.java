package dev.whirl.client;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Parameters or annotations: keys with values, in order, each key once. JSON form: an array of objects with `key`
/// and `value` (row R-14); what else such an object has (`init`, `encryption`) is kept.
///
/// @param elements the objects by their key
public record KeyValues(SequencedMap<String, RawJson> elements) {
    public static final KeyValues NONE = new KeyValues(new LinkedHashMap<>());

    public KeyValues {
        elements = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(elements));
    }

    /// Reads the JSON form; elements without a key are passed over.
    public static KeyValues read(RawJson array) {
        var elements = new LinkedHashMap<String, RawJson>();
        for (RawJson element : array.elements()) {
            element.field("key").flatMap(RawJson::asText).ifPresent(key -> elements.put(key, element));
        }
        return new KeyValues(elements);
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public List<String> keys() {
        return List.copyOf(elements.keySet());
    }

    public Optional<RawJson> find(String key) {
        return Optional.ofNullable(elements.get(key)).flatMap(element -> element.field("value"));
    }

    public Optional<String> findText(String key) {
        return find(key).flatMap(RawJson::asText);
    }

    public boolean isTrue(String key) {
        return find(key).flatMap(RawJson::asBoolean).orElse(false);
    }

    public KeyValues with(String key, RawJson value) {
        var copy = new LinkedHashMap<>(elements);
        copy.put(
                key,
                new JsonWriter()
                        .startObject()
                        .field("key", key)
                        .field("value", value)
                        .endObject()
                        .toRawJson());
        return new KeyValues(copy);
    }

    /// These, with a value that goes to the environment when code is loaded, not to the arguments
    /// (`init`); a key that is not there changes nothing.
    public KeyValues forInit(String key) {
        if (find(key).isEmpty()) {
            return this;
        }
        var copy = new LinkedHashMap<>(elements);
        copy.put(
                key,
                new JsonWriter()
                        .startObject()
                        .field("key", key)
                        .field("value", find(key).orElseThrow())
                        .field("init", true)
                        .endObject()
                        .toRawJson());
        return new KeyValues(copy);
    }

    /// Whether a value is for init only.
    public boolean isForInit(String key) {
        return Optional.ofNullable(elements.get(key))
                .flatMap(element -> element.field("init"))
                .flatMap(RawJson::asBoolean)
                .orElse(false);
    }

    public KeyValues without(String key) {
        var copy = new LinkedHashMap<>(elements);
        copy.remove(key);
        return new KeyValues(copy);
    }

    /// These, overridden key by key.
    public KeyValues overriddenBy(KeyValues others) {
        var copy = new LinkedHashMap<>(elements);
        copy.putAll(others.elements);
        return new KeyValues(copy);
    }

    /// Bytes of all keys and values: what servers count (row R-68).
    public long sizeBytes() {
        long total = 0;
        for (String key : elements.keySet()) {
            total += key.getBytes(StandardCharsets.UTF_8).length
                    + find(key).map(RawJson::sizeBytes).orElse(0);
        }
        return total;
    }

    public RawJson toJson() {
        return RawJson.array(List.copyOf(elements.values()));
    }
}
