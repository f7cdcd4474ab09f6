package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;

/// A row in a list of packages, triggers or rules.
///
/// @param json what the server said
/// @param fields of it, at the top level
public record EntityRow(RawJson json, Map<String, RawJson> fields) {
    static EntityRow read(RawJson json) {
        return new EntityRow(json, json.fields());
    }

    public String namespace() {
        return Documents.text(fields, "namespace");
    }

    public String name() {
        return Documents.text(fields, "name");
    }

    /// Whether others may use it; of packages.
    public boolean isShared() {
        return Documents.isTrue(fields, "publish");
    }

    /// `active` or `inactive`; of rules that were read one by one.
    public Optional<String> status() {
        return Documents.optionalText(fields, "status");
    }
}
