package dev.whirl.store.couchdb;

import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Documents in a database of their own, which is made at the first use: databases of OpenWhisk have none of this name.
/// The monitor guards [#isThere].
final class CouchKeyedDocuments implements KeyedDocuments {
    private static final String REVISION = "_rev";
    private static final String BEGINNING = "0";

    /// Documents to ask for while their size is not known; then as many as fit, and no more than these.
    private static final int FIRST = 8;

    private static final int MOST = 64;

    private final CouchClient client;
    private final Database database;
    private final DocumentWrites writes;
    private boolean isThere;

    CouchKeyedDocuments(CouchClient client, String name) {
        this.client = client;
        this.database = new Database(client, name);
        this.writes = new DocumentWrites(database);
    }

    @Override
    public List<Stored> find(Collection<String> ids) {
        return open().find(List.copyOf(ids), true).stream()
                .flatMap(each -> stored(each).stream())
                .toList();
    }

    @Override
    public List<Stored> page(String prefix, String after, int limit) {
        var page = new ArrayList<Stored>();
        long bytes = 0;
        String from = after;
        int next = Math.min(limit, FIRST);
        while (next > 0) {
            List<Database.Found> part = open().page(prefix, from, next);
            part.forEach(each -> stored(each).ifPresent(page::add));
            if (part.size() < next) {
                break;
            }
            from = part.getLast().id();
            bytes +=
                    part.stream().mapToLong(each -> each.document().sizeBytes()).sum();
            long fitting = (PAGE_BYTES - bytes) / Math.max(1, bytes / Math.max(1, page.size()));
            next = (int) Math.min(Math.min(MOST, fitting), limit - page.size());
        }
        return page;
    }

    @Override
    public Revision put(String id, RawJson document, @Nullable Revision expected) throws ConflictException {
        var _ = open();
        return writes.put(id, document, expected);
    }

    @Override
    public void delete(String id, Revision expected) throws ConflictException {
        var _ = open();
        writes.delete(id, expected);
    }

    /// What the node that tells has not got yet comes after the mark that it tells.
    @Override
    public Optional<String> beginning() {
        return Optional.of(BEGINNING);
    }

    @Override
    public String mark() {
        return sequence(open().about().json(), "update_seq");
    }

    @Override
    public Optional<Changes> changes(String mark, int limit) {
        RawJson answer = open().changes(mark, limit).json();
        List<Change> changes = answer.field("results").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                .map(CouchKeyedDocuments::change)
                .filter(each -> Database.isOurs(each.id()))
                .toList();
        return Optional.of(new Changes(changes, sequence(answer, "last_seq")));
    }

    private static Change change(RawJson told) {
        boolean isDeleted = told.field("deleted").flatMap(RawJson::asBoolean).orElse(false);
        String id = told.field("id").flatMap(RawJson::asText).orElse("");
        return new Change(id, isDeleted ? null : revision(told));
    }

    private static Revision revision(RawJson told) {
        return told.field("changes").orElse(RawJson.EMPTY_ARRAY).elements().stream()
                .flatMap(each -> each.field("rev").flatMap(RawJson::asText).stream())
                .findFirst()
                .map(Revision::new)
                .orElseThrow(() -> new StoreException.Unavailable("CouchDB told a change without its revision"));
    }

    /// A number in old servers, a text in new ones.
    private static String sequence(RawJson answer, String field) {
        RawJson sequence = answer.field(field)
                .orElseThrow(() -> new StoreException.Unavailable("CouchDB answered without " + field));
        return sequence.asText().orElseGet(sequence::toString);
    }

    private static Optional<Stored> stored(Database.Found found) {
        return found.revision().map(revision -> {
            var fields = new LinkedHashMap<>(found.document().fields());
            fields.remove("_id");
            fields.remove(REVISION);
            return new Stored(found.id(), RawJson.object(fields), revision);
        });
    }

    private synchronized Database open() {
        if (!isThere) {
            var _ = new CouchDesign(client, "").create(database.name());
            isThere = true;
        }
        return database;
    }
}
