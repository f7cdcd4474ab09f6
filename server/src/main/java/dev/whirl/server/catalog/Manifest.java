package dev.whirl.server.catalog;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// A mapping in a manifest file, with words for what is wrong there. Keys that nobody knows are errors.
final class Manifest {
    private static final int MAX_ALIASES = 20;

    private final Path file;
    private final String place;
    private final Map<?, ?> values;

    private Manifest(Path file, String place, Map<?, ?> values) {
        this.file = file;
        this.place = place;
        this.values = values;
    }

    /// @throws CatalogException if it can't be read or is no mapping
    static Manifest read(Path file) {
        try {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(MAX_ALIASES);
            Object root = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            return of(file, "the manifest", root);
        } catch (IOException e) {
            throw new CatalogException(file + " can't be read: " + e.getMessage(), e);
        } catch (YAMLException e) {
            throw new CatalogException(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static Manifest of(Path file, String place, @Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return new Manifest(file, place, map);
        }
        throw new CatalogException("%s: %s must be a mapping".formatted(file, place));
    }

    /// This, if it has no keys but these.
    Manifest only(Set<String> known) {
        for (Object key : values.keySet()) {
            if (!(key instanceof String text) || !known.contains(text)) {
                throw error("unknown key '%s'".formatted(key));
            }
        }
        return this;
    }

    /// A mapping inside; empty if it is not there.
    Manifest section(String key) {
        Object inside = values.get(key);
        return inside == null ? new Manifest(file, key, Map.of()) : of(file, key, inside);
    }

    /// The mappings inside, by name.
    SequencedMap<String, Manifest> sections() {
        var sections = new LinkedHashMap<String, Manifest>();
        values.forEach((key, inside) -> sections.put(String.valueOf(key), of(file, String.valueOf(key), inside)));
        return sections;
    }

    String text(String key) {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw error("'%s' must be a text".formatted(key));
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /// All values, as JSON.
    SequencedMap<String, RawJson> json() {
        var fields = new LinkedHashMap<String, RawJson>();
        values.forEach((key, value) -> fields.put(String.valueOf(key), json(value)));
        return fields;
    }

    CatalogException error(String problem) {
        return new CatalogException("%s: %s: %s".formatted(file, place, problem));
    }

    private RawJson json(@Nullable Object value) {
        return switch (value) {
            case null -> RawJson.NULL;
            case String text -> RawJson.string(text);
            case Boolean bool -> RawJson.bool(bool);
            case Integer number -> RawJson.number(number);
            case Long number -> RawJson.number(number);
            case List<?> list -> array(list);
            case Map<?, ?> map -> new Manifest(file, place, map).object();
            default -> throw error("'%s' is of no type that JSON has".formatted(value));
        };
    }

    private RawJson array(List<?> list) {
        var out = new JsonWriter().startArray();
        list.forEach(each -> out.value(json(each)));
        return out.endArray().toRawJson();
    }

    private RawJson object() {
        return RawJson.object(json());
    }
}
