package dev.whirl.store.couchdb;

import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.Revision;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The code of an action where its document says that it is (row I-48): in the document as a text, in the name of an
/// attachment (`mem:`) or in an attachment (`couch:`, or a bare name in old documents).
///
/// OpenWhisk writes no digest for attachments that it puts into CouchDB. Their references are made of CouchDB's own
/// MD5, the length and the attachment's name, which is a random one: two texts never share all three.
///
/// @param kept what is kept, where the document itself holds it; null where it is in an attachment
record StoredCode(CodeRef ref, Place place, @Nullable CodeBytes kept) {
    /// Fewer bytes are kept in the name.
    static final int INLINE_BELOW_BYTES = 16 * 1024;

    private static final String MEM = "mem:";
    private static final String COUCH = "couch:";
    private static final String SHA256 = "sha256-";

    /// Where to look.
    ///
    /// @param attachment its name; empty if the document itself holds the code
    /// @param digest of what is kept, as it stands there: `sha256-` and hex, or `md5-` and base64; empty if unknown
    record Place(String document, Revision revision, String attachment, boolean isArchive, String digest) {}

    /// What is written of code.
    ///
    /// @param field the value of `code`
    /// @param attachments the value of `_attachments`, null for none
    record Written(RawJson field, @Nullable RawJson attachments) {}

    /// The code of a document as CouchDB gave it; empty if it has none.
    static Optional<StoredCode> in(RawJson document) {
        Map<String, RawJson> fields = document.fields();
        Map<String, RawJson> exec = fields.getOrDefault("exec", RawJson.NULL).fields();
        RawJson code = exec.getOrDefault("code", exec.getOrDefault("jar", RawJson.NULL));
        String id = text(fields, "_id");
        var revision = new Revision(text(fields, "_rev"));
        boolean isBinary =
                exec.getOrDefault("binary", RawJson.FALSE).asBoolean().orElse(false);
        return switch (code.kind()) {
            case STRING -> code.asUtf8().filter(each -> each.length > 0).map(each -> inText(id, revision, each));
            case OBJECT -> Optional.of(inObject(id, revision, fields, code.fields(), isBinary));
            case ARRAY, NUMBER, BOOLEAN, NULL -> Optional.empty();
        };
    }

    /// How OpenWhisk writes this code.
    static Written written(CodeBytes code) {
        String digest = SHA256 + code.digest();
        if (code.kept().length < INLINE_BELOW_BYTES) {
            String name = MEM + Base64.getUrlEncoder().encodeToString(code.kept());
            return new Written(field(name, code.contentType(), code.kept().length, digest), null);
        }
        String name = UUID.randomUUID().toString();
        var attachments = new JsonWriter(code.kept().length / 3 * 4 + 256).startObject();
        attachments.name(name).startObject().field("content_type", code.contentType());
        attachments.field("data", base64(code.kept()));
        return new Written(
                field(COUCH + name, code.contentType(), code.kept().length, digest),
                attachments.endObject().endObject().toRawJson());
    }

    private static RawJson base64(byte[] bytes) {
        try {
            return RawJson.ofText(Base64.getEncoder().encode(bytes));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("base64 is text", e);
        }
    }

    /// Says which code it was, where there is none at hand.
    static Written absent(CodeRef ref) {
        var out = new JsonWriter().startObject();
        out.field("attachmentName", COUCH + "absent").field("attachmentType", CodeBytes.SOURCE_TYPE);
        out.field("length", ref.sizeBytes()).field("ref", ref.sha256());
        return new Written(out.endObject().toRawJson(), null);
    }

    /// Where code is that was written so.
    static Place place(EntityId id, Revision revision, CodeRef ref, Written written) {
        Map<String, RawJson> code = written.field().fields();
        String name = text(code, "attachmentName");
        String attachment = name.startsWith(COUCH) ? name.substring(COUCH.length()) : name;
        boolean isArchive = ref.isBinary() && !text(code, "attachmentType").startsWith("text/plain");
        return new Place(
                id.toString(), revision, name.startsWith(MEM) ? "" : attachment, isArchive, text(code, "digest"));
    }

    /// Whether bytes are those that a place promises.
    static boolean isIntact(Place place, byte[] kept) {
        String digest = place.digest();
        if (digest.startsWith(SHA256)) {
            return digest.substring(SHA256.length()).equals(CodeBytes.sha256(kept));
        }
        return !digest.startsWith("md5-")
                || digest.substring(4).equals(Base64.getEncoder().encodeToString(CodeBytes.digest("MD5", kept)));
    }

    private static RawJson field(String name, String type, long length, String digest) {
        var out = new JsonWriter(name.length() + 256).startObject();
        out.field("attachmentName", name).field("attachmentType", type);
        return out.field("length", length).field("digest", digest).endObject().toRawJson();
    }

    /// Whether old code that stands in a document is an archive is told by its form, as OpenWhisk does.
    private static StoredCode inText(String id, Revision revision, byte[] text) {
        CodeBytes asArchive = CodeBytes.of(text, true);
        var code = new CodeBytes(asArchive.kept(), asArchive.isArchive());
        CodeRef ref = code.ref(code.isArchive());
        return new StoredCode(ref, new Place(id, revision, "", code.isArchive(), SHA256 + code.digest()), code);
    }

    private static StoredCode inObject(
            String id, Revision revision, Map<String, RawJson> document, Map<String, RawJson> code, boolean isBinary) {
        String name = text(code, "attachmentName");
        boolean isArchive = isBinary && !text(code, "attachmentType").startsWith("text/plain");
        if (name.startsWith(MEM)) {
            byte[] kept = Base64.getUrlDecoder().decode(name.substring(MEM.length()));
            var bytes = new CodeBytes(kept, isArchive);
            var place = new Place(id, revision, "", isArchive, SHA256 + bytes.digest());
            return new StoredCode(bytes.ref(isBinary), place, bytes);
        }
        String attachment = name.startsWith(COUCH) ? name.substring(COUCH.length()) : name;
        return attached(new Place(id, revision, attachment, isArchive, text(code, "digest")), document, code, isBinary);
    }

    private static StoredCode attached(
            Place place, Map<String, RawJson> document, Map<String, RawJson> code, boolean isBinary) {
        Map<String, RawJson> stub = document.getOrDefault("_attachments", RawJson.NULL)
                .field(place.attachment())
                .orElse(RawJson.NULL)
                .fields();
        long length = number(stub).or(() -> number(code)).orElse(0L);
        if (code.containsKey("ref")) {
            return new StoredCode(new CodeRef(text(code, "ref"), length, isBinary), place, null);
        }
        if (place.digest().startsWith(SHA256)) {
            String hex = place.digest().substring(SHA256.length());
            return new StoredCode(CodeBytes.ref(hex, length, place.isArchive(), isBinary), place, null);
        }
        String md5 = text(stub, "digest");
        String name = CodeBytes.named("attachment", place.attachment(), md5, Long.toString(length));
        long size = place.isArchive() ? CodeBytes.textBytes(length) : length;
        var found = new Place(place.document(), place.revision(), place.attachment(), place.isArchive(), md5);
        return new StoredCode(new CodeRef(name, size, isBinary), found, null);
    }

    private static Optional<Long> number(Map<String, RawJson> fields) {
        return fields.getOrDefault("length", RawJson.NULL).asWholeNumber();
    }

    private static String text(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }
}
