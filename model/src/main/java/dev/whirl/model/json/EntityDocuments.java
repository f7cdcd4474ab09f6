package dev.whirl.model.json;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Rule;
import dev.whirl.model.entity.Trigger;
import dev.whirl.model.entity.Version;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Entities as stores keep them: the entity's JSON with `_id`, `entityType` and `updated` (rows I-47, R-61).
/// Code stands there by its hash. Times are kept in milliseconds, memory and logs in whole MB.
public final class EntityDocuments {
    private static final String ACTIVE = "active";
    private static final String INACTIVE = "inactive";

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
            case ActionPackage pkg -> writePackage(out, pkg);
            case Trigger trigger -> writeTrigger(out, trigger);
            case Rule rule -> writeRule(out, rule);
        }
        KeyValues.write(out.name("annotations"), entity.annotations());
        out.field("publish", entity.isPublic())
                .field("updated", entity.updated().toEpochMilli());
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

    static EntityId readId(DocumentFields fields) {
        return id(fields.text("path"), fields.text("name"));
    }

    static EntityId id(String path, String name) {
        int slash = path.indexOf('/');
        String namespace = slash < 0 ? path : path.substring(0, slash);
        EntityName pkg = slash < 0 ? null : new EntityName(path.substring(slash + 1));
        return new EntityId(new NamespaceName(namespace), pkg, new EntityName(name));
    }

    private static Entity entity(DocumentFields fields) {
        String type = fields.text("entityType");
        return switch (type) {
            case "action" -> action(fields);
            case "package" -> actionPackage(fields);
            case "trigger" -> trigger(fields);
            case "rule" -> rule(fields);
            default -> throw fields.complaint("entityType", "is '%s', which is not known here".formatted(type));
        };
    }

    private static Action action(DocumentFields fields) {
        return new Action(
                ownId(fields),
                fields.object("exec", EntityDocuments::exec),
                KeyValues.parameters(fields, "parameters"),
                fields.object("limits", EntityDocuments::limits),
                version(fields),
                KeyValues.annotations(fields, "annotations"),
                fields.instant("updated"));
    }

    private static ActionPackage actionPackage(DocumentFields fields) {
        return new ActionPackage(
                ownId(fields),
                binding(fields),
                KeyValues.parameters(fields, "parameters"),
                version(fields),
                fields.flag("publish"),
                KeyValues.annotations(fields, "annotations"),
                fields.instant("updated"));
    }

    private static Trigger trigger(DocumentFields fields) {
        var rules = new LinkedHashMap<EntityId, Trigger.Link>();
        fields.entries("rules", (rule, link) -> rules.put(parseId(rule), link(link)));
        return new Trigger(
                ownId(fields),
                KeyValues.parameters(fields, "parameters"),
                rules,
                version(fields),
                KeyValues.annotations(fields, "annotations"),
                fields.instant("updated"));
    }

    private static Trigger.Link link(DocumentFields fields) {
        return new Trigger.Link(
                fields.object("action", EntityDocuments::readId),
                fields.text("status").equals(ACTIVE));
    }

    private static Rule rule(DocumentFields fields) {
        return new Rule(
                ownId(fields),
                fields.object("trigger", EntityDocuments::readId),
                fields.object("action", EntityDocuments::readId),
                version(fields),
                KeyValues.annotations(fields, "annotations"),
                fields.instant("updated"));
    }

    private static EntityId ownId(DocumentFields fields) {
        return id(fields.text("namespace"), fields.text("name"));
    }

    private static Version version(DocumentFields fields) {
        return Version.parse(fields.text("version"));
    }

    /// `{}` is no binding (row R-100).
    private static @Nullable EntityId binding(DocumentFields fields) {
        boolean isNone =
                fields.find("binding").map(each -> each.fields().isEmpty()).orElse(true);
        return isNone ? null : fields.object("binding", each -> id(each.text("namespace"), each.text("name")));
    }

    /// An id in one text, as it stands in lists of ids: `ns/name` or `ns/package/name`.
    private static EntityId parseId(String text) {
        int slash = text.lastIndexOf('/');
        return id(text.substring(0, Math.max(slash, 0)), text.substring(slash + 1));
    }

    private static void writePackage(JsonWriter out, ActionPackage pkg) {
        EntityId binding = pkg.binding();
        out.name("binding").startObject();
        if (binding != null) {
            out.field("namespace", binding.path()).field("name", binding.name().value());
        }
        out.endObject();
        KeyValues.write(out.name("parameters"), pkg.parameters());
    }

    private static void writeTrigger(JsonWriter out, Trigger trigger) {
        KeyValues.write(out.name("parameters"), trigger.parameters());
        out.name("rules").startObject();
        trigger.rules().forEach((rule, link) -> {
            writeId(out.name(rule.toString()).startObject().name("action"), link.action());
            out.field("status", link.isActive() ? ACTIVE : INACTIVE).endObject();
        });
        out.endObject();
    }

    private static void writeRule(JsonWriter out, Rule rule) {
        writeId(out.name("trigger"), rule.trigger());
        writeId(out.name("action"), rule.action());
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
            case Exec.Sequence sequence -> writeComponents(out, sequence);
        }
        exec.entryPoint().ifPresent(main -> out.field("main", main));
        exec.codeRef().ifPresent(code -> writeCode(out, code));
        out.endObject();
    }

    private static void writeComponents(JsonWriter out, Exec.Sequence sequence) {
        out.name("components").startArray();
        sequence.components().forEach(each -> writeId(out, each));
        out.endArray();
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
        return switch (kind) {
            case Exec.Sequence.KIND -> new Exec.Sequence(fields.objects("components", EntityDocuments::readId));
            case Exec.Blackbox.KIND -> new Exec.Blackbox(fields.text("image"), code.orElse(null), main);
            default -> new Exec.Code(kind, code.orElseThrow(() -> fields.complaint("code", "is missing")), main);
        };
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
