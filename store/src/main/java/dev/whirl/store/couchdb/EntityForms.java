package dev.whirl.store.couchdb;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.json.EntityDocuments;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedDocumentException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Entities.Stored;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Entities in OpenWhisk's documents. They differ from ours in how code and sequences stand there, in fields that
/// older releases did not write, and in some that OpenWhisk must find to be able to read a document.
final class EntityForms {
    private EntityForms() {}

    /// @param replaces the revision that the document has now, null if there is none
    /// @param code null where the entity has none
    static RawJson write(Entity entity, @Nullable Revision replaces, StoredCode.@Nullable Written code) {
        SequencedMap<String, RawJson> fields =
                new LinkedHashMap<>(EntityDocuments.write(entity).fields());
        if (replaces != null) {
            fields.put("_rev", RawJson.string(replaces.value()));
        }
        switch (entity) {
            case Action action -> fields.put("exec", exec(action.exec(), code));
            case Trigger _ -> fields.put("limits", RawJson.EMPTY_OBJECT);
            default -> {}
        }
        if (code != null && code.attachments() != null) {
            fields.put("_attachments", code.attachments());
        }
        int size = fields.values().stream().mapToInt(RawJson::sizeBytes).sum(); // room for it once, it may be large
        var out = new JsonWriter(size + 1024).startObject();
        fields.forEach(out::field);
        return out.endObject().toRawJson();
    }

    /// @throws StoreException.Corrupted if this is no entity
    static Stored read(String id, RawJson document) {
        try {
            Entity entity = EntityDocuments.read(ours(document));
            if (!entity.id().toString().equals(id)) {
                throw new MalformedDocumentException("It says that it is %s.".formatted(entity.id()));
            }
            Revision revision = Database.revision(document)
                    .orElseThrow(() -> new MalformedDocumentException("It has no revision."));
            return new Stored(entity, revision);
        } catch (MalformedDocumentException | IllegalArgumentException | ApiException e) {
            throw new StoreException.Corrupted(
                    id, "The stored document of %s is damaged: %s".formatted(id, e.getMessage()), e);
        }
    }

    /// The `entityType` of a document, or what it must be where an older release did not write it; empty for what is
    /// no entity.
    static String type(RawJson document) {
        return type(document.fields());
    }

    private static String type(Map<String, RawJson> fields) {
        Optional<String> told = fields.getOrDefault("entityType", RawJson.NULL).asText();
        if (told.isPresent()) {
            return told.get();
        }
        if (fields.containsKey("exec")) {
            return "action";
        }
        if (fields.containsKey("binding")) {
            return "package";
        }
        if (fields.containsKey("trigger")) {
            return "rule";
        }
        return fields.containsKey("parameters") ? "trigger" : "";
    }

    private static RawJson ours(RawJson document) {
        SequencedMap<String, RawJson> fields = document.fields();
        String type = type(fields);
        fields.keySet().removeIf(name -> name.startsWith("_"));
        fields.put("entityType", RawJson.string(type));
        fields.putIfAbsent("updated", RawJson.number(0));
        if (type.equals("action")) {
            fields.put("exec", ourExec(document, fields.getOrDefault("exec", RawJson.NULL)));
            fields.put("limits", ourLimits(fields.getOrDefault("limits", RawJson.NULL)));
        }
        return RawJson.object(fields);
    }

    private static RawJson ourExec(RawJson document, RawJson exec) {
        SequencedMap<String, RawJson> fields = exec.fields();
        fields.remove("jar");
        fields.remove("code");
        StoredCode.in(document).ifPresent(code -> {
            var reference = new JsonWriter().startObject();
            reference
                    .field("sha256", code.ref().sha256())
                    .field("length", code.ref().sizeBytes());
            fields.put("code", reference.endObject().toRawJson());
            fields.put("binary", RawJson.bool(code.ref().isBinary()));
        });
        fields.computeIfPresent("components", (_, components) -> ourComponents(components));
        return RawJson.object(fields);
    }

    private static RawJson ourComponents(RawJson components) {
        var out = new JsonWriter().startArray();
        for (RawJson each : components.elements()) {
            each.asText().ifPresentOrElse(name -> component(out, name), () -> out.value(each));
        }
        return out.endArray().toRawJson();
    }

    /// `/namespace/name` or `/namespace/package/name`, in old documents without the first slash.
    private static void component(JsonWriter out, String name) {
        String path = name.startsWith("/") ? name.substring(1) : name;
        int slash = path.lastIndexOf('/');
        out.startObject().field("path", path.substring(0, Math.max(0, slash)));
        out.field("name", path.substring(slash + 1)).endObject();
    }

    /// Logs and concurrency came with later releases.
    private static RawJson ourLimits(RawJson limits) {
        SequencedMap<String, RawJson> fields = limits.fields();
        fields.putIfAbsent("timeout", RawJson.number(60_000));
        fields.putIfAbsent("memory", RawJson.number(256));
        fields.putIfAbsent("logs", RawJson.number(10));
        fields.putIfAbsent("concurrency", RawJson.number(1));
        return RawJson.object(fields);
    }

    private static RawJson exec(Exec exec, StoredCode.@Nullable Written code) {
        var out = new JsonWriter(1024).startObject().field("kind", exec.kind());
        switch (exec) {
            case Exec.Code _ -> {}
            case Exec.Blackbox blackbox -> out.field("image", blackbox.image());
            case Exec.Sequence sequence -> {
                out.name("components").startArray();
                sequence.components().forEach(each -> out.string("/" + each));
                return out.endArray().endObject().toRawJson();
            }
        }
        if (code != null) {
            out.field("code", code.field());
        }
        out.field("binary", exec.codeRef().map(each -> each.isBinary()).orElse(false));
        exec.entryPoint().ifPresent(main -> out.field("main", main));
        return out.endObject().toRawJson();
    }
}
