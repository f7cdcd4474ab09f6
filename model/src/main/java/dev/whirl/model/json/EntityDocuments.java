package dev.whirl.model.json;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Version;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities as stores keep them: the entity's JSON with `_id`, `entityType` and `updated` (rows I-47, R-61).
/// Code stands there by its hash. Times are kept in milliseconds, memory and logs in whole MB.
public final class EntityDocuments {
    private EntityDocuments() {}

    public static RawJson write(Entity entity) {
        var out = new JsonWriter(1024).startObject();
        out.field("_id", entity.id().toString());
        out.field("namespace", entity.id().path());
        out.field("name", entity.id().name().value());
        out.field("entityType", entity.collection().singular());
        out.field("version", entity.version().toString());
        switch (entity) {
            case Action action -> writeAction(out, action);
        }
        KeyValues.write(out.name("annotations"), entity.annotations());
        out.field("publish", false).field("updated", entity.updated().toEpochMilli());
        return out.endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if this is no entity of a known type
    public static Entity read(RawJson document) {
        return DocumentFields.decode("entity document", document, EntityDocuments::entity);
    }

    /// The document's way to name an entity, inside of other documents too.
    static void writeId(JsonWriter out, EntityId id) {
        out.startObject()
                .field("path", id.path())
                .field("name", id.name().value())
                .endObject();
    }

    static EntityId id(String path, String name) {
        int slash = path.indexOf('/');
        String namespace = slash < 0 ? path : path.substring(0, slash);
        EntityName pkg = slash < 0 ? null : new EntityName(path.substring(slash + 1));
        return new EntityId(new NamespaceName(namespace), pkg, new EntityName(name));
    }

    private static Entity entity(DocumentFields fields) {
        String type = fields.text("entityType");
        if (!type.equals(Collection.ACTIONS.singular())) {
            throw fields.complaint("entityType", "is '%s', which is not known here".formatted(type));
        }
        return new Action(
                id(fields.text("namespace"), fields.text("name")),
                fields.object("exec", EntityDocuments::exec),
                KeyValues.parameters(fields, "parameters"),
                fields.object("limits", EntityDocuments::limits),
                Version.parse(fields.text("version")),
                KeyValues.annotations(fields, "annotations"),
                fields.instant("updated"));
    }

    private static void writeAction(JsonWriter out, Action action) {
        writeExec(out.name("exec"), action.exec());
        KeyValues.write(out.name("parameters"), action.parameters());
        ActionLimits limits = action.limits();
        out.name("limits").startObject();
        out.field("timeout", limits.timeout().toMillis());
        out.field("memory", limits.memory().toMebibytes());
        out.field("logs", limits.logs().toMebibytes());
        out.field("concurrency", limits.concurrency());
        if (limits.instances() != null) {
            out.field("instances", limits.instances());
        }
        out.endObject();
    }

    private static void writeExec(JsonWriter out, Exec exec) {
        out.startObject().field("kind", exec.kind());
        switch (exec) {
            case Exec.Code _ -> {}
            case Exec.Blackbox blackbox -> out.field("image", blackbox.image());
        }
        exec.entryPoint().ifPresent(main -> out.field("main", main));
        exec.codeRef().ifPresent(code -> writeCode(out, code));
        out.endObject();
    }

    private static void writeCode(JsonWriter out, CodeRef code) {
        out.field("binary", code.isBinary());
        out.name("code").startObject();
        out.field("sha256", code.sha256()).field("length", code.sizeBytes()).endObject();
    }

    private static Exec exec(DocumentFields fields) {
        String kind = fields.text("kind");
        boolean isBinary = fields.flag("binary");
        Optional<CodeRef> code = fields.find("code")
                .map(_ ->
                        fields.object("code", ref -> new CodeRef(ref.text("sha256"), ref.number("length"), isBinary)));
        @Nullable String main = fields.textOrNull("main");
        return kind.equals(Exec.Blackbox.KIND)
                ? new Exec.Blackbox(fields.text("image"), code.orElse(null), main)
                : new Exec.Code(kind, code.orElseThrow(() -> fields.complaint("code", "is missing")), main);
    }

    private static ActionLimits limits(DocumentFields fields) {
        return new ActionLimits(
                Duration.ofMillis(fields.number("timeout")),
                ByteSize.mebibytes(fields.number("memory")),
                ByteSize.mebibytes(fields.number("logs")),
                fields.integer("concurrency"),
                fields.integerOrNull("instances"));
    }
}
