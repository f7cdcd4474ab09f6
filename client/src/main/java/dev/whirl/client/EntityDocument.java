package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A package, trigger or rule as the server describes it, whole (rows) or as a row of a list.
///
/// @param json what the server said
/// @param fields of it, at the top level
public record EntityDocument(RawJson json, Map<String, RawJson> fields) {
    public static EntityDocument read(RawJson json) {
        return new EntityDocument(json, json.fields());
    }

    public String namespace() {
        return Documents.text(fields, "namespace");
    }

    public String name() {
        return Documents.text(fields, "name");
    }

    public String version() {
        return Documents.text(fields, "version");
    }

    public KeyValues annotations() {
        return Documents.keyValues(fields, "annotations");
    }

    public KeyValues parameters() {
        return Documents.keyValues(fields, "parameters");
    }

    /// Whether others may use it; of packages.
    public boolean isShared() {
        return Documents.isTrue(fields, "publish");
    }

    /// Which package it stands for; empty unless it is a binding.
    public Optional<QualifiedName> binding() {
        return reference("binding");
    }

    /// The actions of a package, with names and annotations only.
    public List<ActionDocument> actions() {
        return fields.getOrDefault("actions", RawJson.EMPTY_ARRAY).elements().stream()
                .map(ActionDocument::read)
                .toList();
    }

    /// The feeds of a package, with names and annotations only.
    public List<ActionDocument> feeds() {
        return fields.getOrDefault("feeds", RawJson.EMPTY_ARRAY).elements().stream()
                .map(ActionDocument::read)
                .toList();
    }

    /// `active` or `inactive`; of rules that were read one by one.
    public Optional<String> status() {
        return Documents.optionalText(fields, "status");
    }

    /// The trigger of a rule.
    public Optional<QualifiedName> trigger() {
        return reference("trigger");
    }

    /// The action of a rule.
    public Optional<QualifiedName> action() {
        return reference("action");
    }

    private Optional<QualifiedName> reference(String field) {
        Map<String, RawJson> target = Documents.object(fields, field);
        String path = Documents.optionalText(target, "path").orElseGet(() -> Documents.text(target, "namespace"));
        String name = Documents.text(target, "name");
        if (path.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = path.split("/", 2);
        return Optional.of(new QualifiedName(parts[0], parts.length == 2 ? parts[1] : null, name));
    }
}
