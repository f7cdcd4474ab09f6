package dev.whirl.model.json;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Presence;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.UserEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Messages as they travel between processes: OpenWhisk's field names where a row gives a shape (I-4, I-5, I-7,
/// I-8, I-9), and before them `v`, the version of their writer. What a message is, is told by the fields that only
/// it has (row I-5).
///
/// Two releases run side by side during an upgrade. So fields that a reader does not know are passed over, whatever
/// `v` says; a field never changes its meaning; and what an older reader must not misread gets new fields.
///
/// Invocations carry the caller's key: messages are never logged.
public final class MessageDocuments {
    /// What this release writes.
    public static final int VERSION = 1;

    private static final String BYTES = " B";

    private MessageDocuments() {}

    public static byte[] write(Message message) {
        var out = new JsonWriter(sizeOf(message)).startObject().field("v", VERSION);
        switch (message) {
            case Invocation invocation -> InvocationDocuments.writeFields(out, invocation);
            case Prepare prepare -> writePrepare(out, prepare);
            case ActivationResult result -> writeResult(out, result);
            case SlotFree free -> writeFree(out, free);
            case Returned returned -> writeReturned(out, returned);
            case Heartbeat heartbeat -> writeHeartbeat(out, heartbeat);
            case Presence presence -> writePresence(out, presence);
            case EntityChanged(EntityId id) -> writeChanged(out, id);
            case IdentitiesChanged _ -> out.field("identities", true);
            case UserEvent event -> EventDocuments.writeFields(out, event);
        }
        return out.endObject().toBytes();
    }

    /// @throws MalformedDocumentException if this is none of the messages, with the reason
    public static Message read(byte[] utf8) {
        try {
            return DocumentFields.decode("message", RawJson.parse(utf8), MessageDocuments::message);
        } catch (MalformedJsonException e) {
            throw new MalformedDocumentException("The message is no JSON: " + e.getMessage(), e);
        }
    }

    private static Message message(DocumentFields fields) {
        if (fields.has("content")) {
            return InvocationDocuments.invocation(fields);
        } else if (fields.has("response")) {
            return result(fields);
        } else if (fields.has("isSystemError")) {
            return free(fields);
        } else if (fields.has("returned")) {
            return new Returned(
                    new ActivationId(fields.text("returned")), fields.object("instance", MessageDocuments::invoker));
        } else if (fields.has("controller")) {
            return new Presence(new ControllerId(fields.integer("controller")), fields.flag("isLeaving"));
        } else if (fields.has("isEnabled")) {
            return heartbeat(fields);
        } else if (fields.has("prepare")) {
            return prepare(fields);
        } else if (fields.has("key")) {
            return fields.object("key", MessageDocuments::changed);
        } else if (fields.has("identities")) {
            return new IdentitiesChanged();
        } else if (fields.has("eventType")) {
            return EventDocuments.event(fields);
        }
        throw new MalformedDocumentException("It has the fields of no message that this release knows.");
    }

    private static void writePrepare(JsonWriter out, Prepare prepare) {
        writeTransaction(out, prepare.transaction());
        EntityDocuments.writeId(out.name("prepare"), prepare.action());
        out.field("revision", prepare.revision());
        out.name("namespace").startObject();
        out.field("name", prepare.caller().name().value())
                .field("uuid", prepare.caller().uuid())
                .endObject();
    }

    private static Prepare prepare(DocumentFields fields) {
        return new Prepare(
                transaction(fields),
                fields.object("prepare", EntityDocuments::readId),
                fields.text("revision"),
                fields.object(
                        "namespace", each -> new Namespace(new NamespaceName(each.text("name")), each.text("uuid"))));
    }

    /// Row I-5, Result: the record without its logs.
    private static void writeResult(JsonWriter out, ActivationResult result) {
        writeTransaction(out, result.transaction());
        out.field("response", ActivationDocuments.write(result.activation()));
    }

    private static ActivationResult result(DocumentFields fields) {
        return new ActivationResult(transaction(fields), fields.object("response", ActivationDocuments::activation));
    }

    /// Row I-5, Completion.
    private static void writeFree(JsonWriter out, SlotFree free) {
        out.field("activationId", free.id().value()).field("isSystemError", free.isSystemError());
        writeInvoker(out.name("instance").startObject(), free.invoker()).endObject();
    }

    private static SlotFree free(DocumentFields fields) {
        return new SlotFree(
                new ActivationId(fields.text("activationId")),
                fields.object("instance", MessageDocuments::invoker),
                fields.flag("isSystemError"));
    }

    private static void writeReturned(JsonWriter out, Returned returned) {
        out.field("returned", returned.id().value());
        writeInvoker(out.name("instance").startObject(), returned.invoker()).endObject();
    }

    private static void writePresence(JsonWriter out, Presence presence) {
        out.field("controller", presence.controller().number()).field("isLeaving", presence.isLeaving());
    }

    /// Row I-7.
    private static void writeHeartbeat(JsonWriter out, Heartbeat beat) {
        ByteSize busy = beat.poolMemory().minusOrZero(beat.freeMemory());
        writeInvoker(out.name("name").startObject(), beat.invoker())
                .field("userMemory", beat.poolMemory().bytes() + BYTES)
                .field("busyMemory", busy.bytes() + BYTES);
        writeTexts(out.name("tags"), beat.traits().tags());
        writeTexts(out.name("dedicatedNamespaces"), beat.traits().dedicatedNamespaces());
        out.endObject();
        out.field("isProven", beat.traits().isProven());
        out.field("isEnabled", !beat.isDraining());
        out.field("freeMemory", beat.freeMemory().bytes() + BYTES);
        out.name("warm").startArray();
        beat.warm().forEach((action, places) -> {
            EntityDocuments.writeId(out.startObject().name("action"), action);
            out.field("free", places).endObject();
        });
        out.endArray();
    }

    private static Heartbeat heartbeat(DocumentFields fields) {
        Map<EntityId, Integer> warm = new LinkedHashMap<>();
        fields.objects("warm", each -> Map.entry(each.object("action", EntityDocuments::readId), each.integer("free")))
                .forEach(each -> warm.put(each.getKey(), each.getValue()));
        return new Heartbeat(
                fields.object("name", MessageDocuments::invoker),
                fields.object("name", name -> ByteSize.parse(name.text("userMemory"))),
                ByteSize.parse(fields.text("freeMemory")),
                warm,
                !fields.flag("isEnabled"),
                new Heartbeat.Traits(
                        fields.flag("isProven"),
                        fields.object("name", name -> Set.copyOf(name.texts("tags"))),
                        fields.object("name", name -> Set.copyOf(name.texts("dedicatedNamespaces")))));
    }

    private static void writeTexts(JsonWriter out, Set<String> texts) {
        out.startArray();
        texts.forEach(out::string);
        out.endArray();
    }

    /// Row I-8. An id is one text there; namespaces and names hold no slash.
    private static void writeChanged(JsonWriter out, EntityId id) {
        out.name("key").startObject().field("mainId", id.toString()).endObject();
    }

    private static EntityChanged changed(DocumentFields key) {
        String id = key.text("mainId");
        int last = id.lastIndexOf('/');
        if (last < 0) {
            throw key.complaint("mainId", "names no entity");
        }
        return new EntityChanged(EntityDocuments.id(id.substring(0, last), id.substring(last + 1)));
    }

    private static JsonWriter writeInvoker(JsonWriter out, InvokerId invoker) {
        return out.field("instance", invoker.number()).field("instanceType", "invoker");
    }

    private static InvokerId invoker(DocumentFields fields) {
        return new InvokerId(fields.integer("instance"));
    }

    private static void writeTransaction(JsonWriter out, TransactionId transaction) {
        out.field("transid", transaction.value());
        if (transaction.isTraced()) {
            out.field("traced", true);
        }
    }

    private static TransactionId transaction(DocumentFields fields) {
        return new TransactionId(fields.text("transid"), fields.flag("traced"));
    }

    private static int sizeOf(Message message) {
        return switch (message) {
            case Invocation invocation -> InvocationDocuments.sizeOf(invocation);
            case ActivationResult result -> 2048 + ActivationDocuments.sizeOf(result.activation());
            case Prepare _,
                    SlotFree _,
                    Returned _,
                    Heartbeat _,
                    Presence _,
                    EntityChanged _,
                    IdentitiesChanged _,
                    UserEvent _ -> 512;
        };
    }
}
