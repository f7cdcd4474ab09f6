package dev.whirl.client;

import dev.whirl.model.json.RawJson;
import java.util.Map;
import java.util.Optional;

/// An action as the server describes it, whole (row R-61) or as a row of a list (row R-62).
///
/// @param json what the server said
/// @param fields of it, at the top level
public record ActionDocument(RawJson json, Map<String, RawJson> fields) {
    public static ActionDocument read(RawJson json) {
        return new ActionDocument(json, json.fields());
    }

    /// The namespace, with the package for an action in one: `ns/pkg`.
    public String namespace() {
        return Documents.text(fields, "namespace");
    }

    public String name() {
        return Documents.text(fields, "name");
    }

    /// The whole name, with the real namespace.
    public QualifiedName qualifiedName() {
        String[] place = namespace().split("/", 2);
        return new QualifiedName(place[0], place.length == 2 ? place[1] : null, name());
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

    /// The kind: from the annotation that every row carries, else from `exec`.
    public String kind() {
        return annotations().findText("exec").orElseGet(() -> Documents.text(exec(), "kind"));
    }

    /// Whether it can be called over the web.
    public boolean isWebAction() {
        return annotations().isTrue("web-export");
    }

    /// The limits, as far as they are told.
    public LimitsUpdate limits() {
        return LimitsUpdate.read(Documents.object(fields, "limits"));
    }

    /// The fields of `exec`.
    public Map<String, RawJson> exec() {
        return Documents.object(fields, "exec");
    }

    /// The code as the server has it: text, or base64 if [#isBinary]. Empty if there is none or it was not asked
    /// for.
    public Optional<String> code() {
        return Documents.optionalText(exec(), "code");
    }

    public boolean isBinary() {
        return Documents.isTrue(exec(), "binary");
    }
}
