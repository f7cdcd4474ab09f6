package dev.whirl.store.couchdb;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One database: its documents and views.
final class Database {
    static final String CONFLICT = "conflict";

    /// No id has this character.
    private static final String BEHIND_ALL = "\uffff";

    /// Words with which CouchDB refuses a document for what is in it.
    private static final Set<String> LASTING =
            Set.of("forbidden", "bad_request", "doc_validation", "illegal_docid", "too_large", "document_too_large");

    private final CouchClient client;
    private final String name;

    /// What became of one document of several.
    ///
    /// @param revision empty if it was not written
    /// @param error CouchDB's word for why not; empty if it was written
    record Outcome(String id, Optional<Revision> revision, String error) {
        boolean isConflict() {
            return error.equals(CONFLICT);
        }

        /// Whether CouchDB will never take it as it is.
        boolean isRefused() {
            return LASTING.contains(error);
        }
    }

    /// A document as it is found by its id.
    ///
    /// @param revision empty if there is none
    record Found(String id, Optional<Revision> revision, RawJson document) {}

    Database(CouchClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String name() {
        return name;
    }

    CouchClient client() {
        return client;
    }

    /// Names that begin with an underscore are CouchDB's own: nothing of ours is ever under them.
    static boolean isOurs(String id) {
        return !id.isEmpty() && id.charAt(0) != '_';
    }

    Optional<RawJson> get(String id) {
        return get(id, "");
    }

    /// A document as it was in one revision, with the bytes of its attachments; as long as CouchDB still has it.
    Optional<RawJson> getWhole(String id, Revision revision) {
        return get(id, "?attachments=true&rev=" + Call.encoded(revision.value()));
    }

    /// A document as it was in one revision, as long as CouchDB still has it.
    Optional<RawJson> getRevision(String id, Revision revision) {
        return get(id, "?rev=" + Call.encoded(revision.value()));
    }

    private Optional<RawJson> get(String id, String query) {
        if (!isOurs(id)) {
            return Optional.empty();
        }
        Call call = Call.get(path(Call.encoded(id) + query));
        Reply reply = client.send(call);
        if (reply.status() == Reply.NOT_FOUND) {
            requireDatabase(reply);
            return Optional.empty();
        }
        return Optional.of(successful(call, reply).json());
    }

    /// An attachment's bytes.
    ///
    /// @param query to be put behind its path
    Optional<byte[]> attachment(String id, String attachment, String query, long maxBytes) {
        String path = path(Call.encoded(id) + "/" + Call.encoded(attachment) + query);
        var call = new Call("GET", path, null, Call.Repeat.HARMLESS, maxBytes);
        Reply reply = client.send(call);
        return reply.status() == Reply.NOT_FOUND
                ? Optional.empty()
                : Optional.of(successful(call, reply).body());
    }

    /// Writes a document, with the revision that it replaces inside of it.
    ///
    /// @throws ConflictException if that is not its revision
    Revision put(String id, RawJson document) throws ConflictException, OutcomeUnknownException {
        requireOurs(id);
        Call call = Call.write("PUT", path(Call.encoded(id)), document);
        return written(id, call, client.sendOnce(call));
    }

    /// A design document.
    Optional<RawJson> design(DesignDocuments.Design design) {
        Call call = Call.get(path("_design/" + Call.encoded(design.name())));
        Reply reply = client.send(call);
        return reply.status() == Reply.NOT_FOUND
                ? Optional.empty()
                : Optional.of(successful(call, reply).json());
    }

    Revision putDesign(DesignDocuments.Design design, RawJson document)
            throws ConflictException, OutcomeUnknownException {
        Call call = Call.write("PUT", path("_design/" + Call.encoded(design.name())), document);
        return written(design.id(), call, client.sendOnce(call));
    }

    void delete(String id, Revision revision) throws ConflictException, OutcomeUnknownException {
        requireOurs(id);
        Call call = Call.write("DELETE", path(Call.encoded(id) + "?rev=" + Call.encoded(revision.value())), null);
        Reply reply = client.sendOnce(call);
        if (reply.status() == Reply.NOT_FOUND) {
            requireDatabase(reply);
            throw new ConflictException(id);
        }
        var _ = written(id, call, reply);
    }

    /// Writes documents, each for itself: some may be refused.
    List<Outcome> writeAll(List<RawJson> documents) throws OutcomeUnknownException {
        Call call = Call.write("POST", path("_bulk_docs"), bulk(documents));
        return outcomes(successful(call, client.sendOnce(call)));
    }

    /// As [#writeAll], for documents of which it does not matter whether they are written twice.
    ///
    /// @return empty if CouchDB takes none of them as they are: they are too large together, or one is malformed
    Optional<List<Outcome>> writeAllAgain(List<RawJson> documents) {
        Call call = Call.harmless("POST", path("_bulk_docs"), bulk(documents));
        Reply reply = client.send(call);
        // Somebody in between may answer 400 to anything: only what CouchDB itself says of a document counts.
        boolean isRefused = reply.status() == Reply.TOO_LARGE
                || (reply.status() == Reply.BAD_REQUEST && LASTING.contains(reply.error()));
        return isRefused ? Optional.empty() : Optional.of(outcomes(successful(call, reply)));
    }

    /// The documents of these ids, in their order.
    List<Found> find(List<String> ids, boolean withDocuments) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var keys = new JsonWriter().startObject().name("keys").startArray();
        ids.forEach(keys::string);
        String query = withDocuments ? "_all_docs?include_docs=true" : "_all_docs";
        Call call =
                Call.harmless("POST", path(query), keys.endArray().endObject().toRawJson());
        return rows(successful(call, client.send(call))).stream()
                .map(Database::found)
                .toList();
    }

    /// Some documents after an id, by id, those of CouchDB's own left out.
    ///
    /// @param after empty for the first
    List<Found> page(String after, int limit) {
        String from = after.isEmpty()
                ? ""
                : "&startkey=" + Call.encoded(RawJson.string(after).toString());
        int skip = after.isEmpty() ? 0 : 1;
        Call call = Call.get(path("_all_docs?include_docs=true&skip=%d&limit=%d%s".formatted(skip, limit, from)));
        return rows(successful(call, client.send(call))).stream()
                .map(Database::found)
                .toList();
    }

    /// Some documents whose ids begin so and come after an id, by id.
    ///
    /// @param after empty for the first
    List<Found> page(String prefix, String after, int limit) {
        String from = after.isEmpty() ? prefix : after;
        int skip = after.isEmpty() ? 0 : 1;
        Call call = Call.get(path("_all_docs?include_docs=true&skip=%d&limit=%d&startkey=%s&endkey=%s"
                .formatted(skip, limit, key(from), key(prefix + BEHIND_ALL))));
        return rows(successful(call, client.send(call))).stream()
                .map(Database::found)
                .toList();
    }

    /// What was written after a sequence of this database.
    Reply changes(String since, int limit) {
        Call call = Call.get(path("_changes?since=%s&limit=%d".formatted(Call.encoded(since), limit)));
        return successful(call, client.send(call));
    }

    /// What CouchDB says of the database.
    Reply about() {
        Call call = Call.get(path(""));
        return successful(call, client.send(call));
    }

    /// The rows of a view.
    List<RawJson> rows(ViewQuery query) {
        Call patient = Call.get(path(query.path()));
        Call call = query.isImpatient() ? patient.impatient() : patient;
        Reply reply = client.send(call);
        if (reply.status() == Reply.NOT_FOUND) {
            throw client.unavailable("The view %s of the database %s is missing (%s): `whirl admin init-db` makes it"
                    .formatted(query.view(), name, reply.reason()));
        }
        return rows(successful(call, reply));
    }

    /// What a reducing view counts; zero if there are no rows.
    long count(ViewQuery query) {
        return rows(query.counting()).stream()
                .findFirst()
                .flatMap(row -> row.field("value"))
                .flatMap(RawJson::asWholeNumber)
                .orElse(0L);
    }

    Reply successful(Call call, Reply reply) {
        if (!reply.isSuccess()) {
            throw client.unexpected(call, reply);
        }
        return reply;
    }

    String path(String rest) {
        return Call.encoded(name) + (rest.isEmpty() ? "" : "/" + rest);
    }

    static Optional<Revision> revision(RawJson document) {
        return document.field("_rev").flatMap(RawJson::asText).map(Revision::new);
    }

    private Revision written(String id, Call call, Reply reply) throws ConflictException {
        if (reply.status() == Reply.CONFLICT) {
            throw new ConflictException(id);
        }
        return successful(call, reply)
                .json()
                .field("rev")
                .flatMap(RawJson::asText)
                .map(Revision::new)
                .orElseThrow(() -> client.unexpected(call, reply));
    }

    /// A missing document is no fault, a missing database is.
    private void requireDatabase(Reply reply) {
        String reason = reply.reason();
        if (reason.contains("no_db_file") || reason.contains("Database does not exist")) {
            throw client.unavailable("CouchDB has no database %s: `whirl admin init-db` makes it".formatted(name));
        }
    }

    private static void requireOurs(String id) {
        if (!isOurs(id)) {
            throw new StoreException.Unavailable(
                    "'%s' can't be kept: CouchDB has names that begin with '_' for itself".formatted(id));
        }
    }

    private static String key(String id) {
        return Call.encoded(RawJson.string(id).toString());
    }

    private static RawJson bulk(List<RawJson> documents) {
        long size = documents.stream().mapToLong(each -> each.sizeBytes() + 1L).sum();
        var out = new JsonWriter((int) Math.min(size + 16, Integer.MAX_VALUE / 2));
        out.startObject().name("docs").startArray();
        documents.forEach(out::value);
        return out.endArray().endObject().toRawJson();
    }

    private static List<Outcome> outcomes(Reply reply) {
        var outcomes = new ArrayList<Outcome>();
        for (RawJson each : reply.json().elements()) {
            var fields = each.fields();
            outcomes.add(new Outcome(
                    text(fields.get("id")).orElse(""),
                    text(fields.get("rev")).map(Revision::new),
                    text(fields.get("error")).orElse("")));
        }
        return outcomes;
    }

    private static List<RawJson> rows(Reply reply) {
        return reply.json()
                .field("rows")
                .orElseThrow(() -> new StoreException.Unavailable("CouchDB answered a query without rows"))
                .elements();
    }

    private static Found found(RawJson row) {
        var fields = row.fields();
        RawJson value = fields.getOrDefault("value", RawJson.NULL);
        boolean isDeleted = value.field("deleted").flatMap(RawJson::asBoolean).orElse(false);
        Optional<Revision> revision = value.field("rev")
                .flatMap(RawJson::asText)
                .filter(_ -> !isDeleted)
                .map(Revision::new);
        String id = text(fields.get("id")).or(() -> text(fields.get("key"))).orElse("");
        return new Found(id, revision, fields.getOrDefault("doc", RawJson.NULL));
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable RawJson json) {
        return json == null ? Optional.empty() : json.asText();
    }
}
