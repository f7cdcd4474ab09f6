package dev.whirl.model.json;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;

/// Subjects (row A-1), limits of namespaces (row A-2) and identities (row A-4) as they are stored and sent.
/// These documents carry secrets: they are never logged.
public final class SubjectDocuments {
    private SubjectDocuments() {}

    public static RawJson write(Subject subject) {
        var out = new JsonWriter().startObject();
        out.field("_id", subject.name()).field("subject", subject.name());
        out.name("namespaces").startArray();
        for (Subject.Membership each : subject.memberships()) {
            out.startObject().field("name", each.namespace().value());
            out.field("uuid", each.key().uuid())
                    .field("key", each.key().secret())
                    .endObject();
        }
        out.endArray();
        if (subject.isBlocked()) {
            out.field("blocked", true);
        }
        return out.endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if this is no subject
    public static Subject read(RawJson document) {
        return DocumentFields.decode(
                "subject document",
                document,
                fields -> new Subject(
                        fields.text("subject"),
                        fields.objects("namespaces", SubjectDocuments::membership),
                        fields.flag("blocked")));
    }

    public static RawJson writeLimits(NamespaceName namespace, NamespaceLimits limits) {
        var out = new JsonWriter().startObject();
        out.field("_id", namespace.value() + "/limits");
        LimitsDocuments.write(out, limits);
        return out.endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if a limit has another type
    public static NamespaceLimits readLimits(RawJson document) {
        return DocumentFields.decode("limits document", document, LimitsDocuments::read);
    }

    public static RawJson writeIdentity(Identity identity) {
        var out = new JsonWriter().startObject();
        out.field("subject", identity.subject());
        out.name("namespace").startObject();
        out.field("name", identity.namespace().name().value());
        out.field("uuid", identity.namespace().uuid()).endObject();
        out.name("authkey").startObject();
        out.field("api_key", identity.key().reveal()).endObject();
        out.name("limits").startObject();
        LimitsDocuments.write(out, identity.limits());
        return out.endObject().endObject().toRawJson();
    }

    /// @throws MalformedDocumentException if this is no identity
    public static Identity readIdentity(RawJson document) {
        return DocumentFields.decode("identity", document, SubjectDocuments::identity);
    }

    private static Identity identity(DocumentFields fields) {
        var namespace = fields.object(
                "namespace", each -> new Namespace(new NamespaceName(each.text("name")), each.text("uuid")));
        AuthKey key = fields.object(
                "authkey",
                each -> AuthKey.parse(each.text("api_key"))
                        .orElseThrow(() -> each.complaint("api_key", "has not the form uuid:key")));
        return new Identity(fields.text("subject"), namespace, key, fields.object("limits", LimitsDocuments::read));
    }

    private static Subject.Membership membership(DocumentFields fields) {
        return new Subject.Membership(
                new NamespaceName(fields.text("name")), new AuthKey(fields.text("uuid"), fields.text("key")));
    }
}
