package dev.whirl.model.json;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.RetryPolicy;
import dev.whirl.model.message.Attempt;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Invocation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Invocations as the journal keeps them and as they are sent (row I-4). They carry the caller's key, which the
/// function is given:
/// never logged.
public final class InvocationDocuments {
    private InvocationDocuments() {}

    public static RawJson write(Invocation invocation) {
        var out = new JsonWriter(sizeOf(invocation)).startObject();
        writeFields(out, invocation);
        return out.endObject().toRawJson();
    }

    /// About how many bytes it takes.
    static int sizeOf(Invocation invocation) {
        return 1024 + invocation.arguments().sizeBytes();
    }

    static void writeFields(JsonWriter out, Invocation invocation) {
        out.field("transid", invocation.transaction().value());
        out.field("traced", invocation.transaction().isTraced());
        out.field("activationId", invocation.id().value());
        EntityDocuments.writeId(out.name("action"), invocation.action());
        out.field("revision", invocation.revision());
        if (invocation.binding() != null) {
            EntityDocuments.writeId(out.name("binding"), invocation.binding());
        }
        out.field("user", SubjectDocuments.writeIdentity(invocation.caller()));
        out.field("content", invocation.arguments());
        out.name("initArgs").startArray();
        invocation.initArguments().forEach(out::string);
        out.endArray();
        out.name("lockedArgs").startObject();
        invocation.lockedArguments().forEach(out::field);
        out.endObject();
        out.field("blocking", invocation.isBlocking());
        out.field("accepted", invocation.isAccepted());
        if (invocation.cause() != null) {
            out.field("cause", invocation.cause().value());
        }
        out.field("rootControllerIndex", invocation.replyTo().number());
        out.field("createdAt", invocation.createdAt().toEpochMilli());
        if (invocation.isComposed()) {
            out.field("composed", true);
        }
        if (invocation.attempt() != null) {
            write(out.name("attempt"), invocation.attempt());
        }
    }

    /// @throws MalformedDocumentException if this is no invocation
    public static Invocation read(RawJson document) {
        return DocumentFields.decode("invocation document", document, InvocationDocuments::invocation);
    }

    static Invocation invocation(DocumentFields fields) {
        @Nullable String cause = fields.textOrNull("cause");
        return new Invocation(
                new TransactionId(fields.text("transid"), fields.flag("traced")),
                new ActivationId(fields.text("activationId")),
                fields.object("action", EntityDocuments::readId),
                fields.text("revision"),
                fields.find("binding").isEmpty() ? null : fields.object("binding", EntityDocuments::readId),
                SubjectDocuments.readIdentity(fields.json("user")),
                fields.json("content"),
                fields.texts("initArgs"),
                locked(fields),
                fields.flag("blocking"),
                fields.flag("accepted"),
                cause == null ? null : new ActivationId(cause),
                new ControllerId(fields.integer("rootControllerIndex")),
                fields.instant("createdAt"),
                fields.find("attempt").isEmpty() ? null : fields.object("attempt", InvocationDocuments::attempt),
                fields.flag("composed"));
    }

    private static void write(JsonWriter out, Attempt attempt) {
        out.startObject()
                .field("number", attempt.number())
                .field("policy", attempt.policy().toJson());
        if (attempt.previous() != null) {
            out.field("previous", attempt.previous().value());
        }
        out.endObject();
    }

    private static Attempt attempt(DocumentFields fields) {
        @Nullable String previous = fields.textOrNull("previous");
        return new Attempt(
                fields.integer("number"),
                previous == null ? null : new ActivationId(previous),
                RetryPolicy.parse(fields.json("policy")));
    }

    private static Map<String, String> locked(DocumentFields fields) {
        var locked = new LinkedHashMap<String, String>();
        fields.find("lockedArgs")
                .map(RawJson::fields)
                .ifPresent(each -> each.forEach((name, algorithm) -> locked.put(
                        name, algorithm.asText().orElseThrow(() -> fields.complaint("lockedArgs", "is malformed")))));
        return locked;
    }
}
