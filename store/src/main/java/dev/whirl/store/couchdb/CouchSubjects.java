package dev.whirl.store.couchdb;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.model.json.MalformedDocumentException;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Subjects;
import dev.whirl.store.Unreadable;
import dev.whirl.store.couchdb.Database.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Subjects and limits in the database `subjects` (rows ). Keys are looked up in the view of identities,
/// always as it is after the last write: a key that was taken away must not work.
///
/// That no two subjects have a key of one uuid is checked before a subject is written, among those that are not
/// blocked. Two processes that write at the same moment can get past it; a key's secret decides then.
final class CouchSubjects implements Subjects {
    private static final String IDENTITIES = DesignDocuments.SUBJECTS + "/identities";
    private static final String LIMITS = "/limits";
    private static final int AT_A_TIME = 500;

    private final Database subjects;
    private final DocumentWrites writes;
    private final Unreadable unreadable;

    CouchSubjects(Database subjects, Unreadable unreadable) {
        this.subjects = subjects;
        this.writes = new DocumentWrites(subjects);
        this.unreadable = unreadable;
    }

    @Override
    public void put(Subject subject) {
        requireOurs(subject);
        writes.replace(subject.name(), SubjectDocuments.write(subject));
    }

    @Override
    public Revision put(Subject subject, @Nullable Revision expected) throws ConflictException {
        requireOurs(subject);
        for (Membership each : subject.memberships()) {
            String uuid = each.key().uuid();
            boolean isTaken =
                    keys(uuid).stream().map(CouchSubjects::id).anyMatch(holder -> !holder.equals(subject.name()));
            if (isTaken) {
                throw new ConflictException("key " + uuid);
            }
        }
        try {
            return writes.put(subject.name(), SubjectDocuments.write(subject), expected);
        } catch (ConflictException e) {
            throw new ConflictException("subject " + subject.name());
        }
    }

    @Override
    public void delete(String name, Revision expected) throws ConflictException {
        try {
            writes.delete(name, expected);
        } catch (ConflictException e) {
            throw new ConflictException("subject " + name);
        }
    }

    @Override
    public Optional<Stored> stored(String name) {
        return name.endsWith(LIMITS)
                ? Optional.empty()
                : subjects.get(name)
                        .map(document -> new Stored(
                                read(name, document, SubjectDocuments::read),
                                Database.revision(document).orElse(new Revision(""))));
    }

    @Override
    public List<Subject> list() {
        return all(_ -> true);
    }

    /// Reads all subjects: the view knows none that are blocked.
    @Override
    public List<Subject> inNamespace(NamespaceName namespace) {
        return all(subject -> subject.memberships().stream()
                .anyMatch(membership -> membership.namespace().equals(namespace)));
    }

    @Override
    public Optional<Identity> byKey(String uuid) {
        return keys(uuid).stream().flatMap(this::identity).findFirst();
    }

    @Override
    public Optional<Identity> byNamespace(NamespaceName namespace) {
        RawJson key = ViewQuery.key(namespace.value());
        ViewQuery query = ViewQuery.plain(IDENTITIES, key, key).withDocuments().page(0, 10);
        return subjects.rows(query).stream().flatMap(this::identity).findFirst();
    }

    @Override
    public void putLimits(NamespaceName namespace, NamespaceLimits limits) {
        String id = namespace + LIMITS;
        if (limits.equals(NamespaceLimits.NONE)) {
            writes.remove(id);
        } else {
            writes.replace(id, SubjectDocuments.writeLimits(namespace, limits));
        }
    }

    @Override
    public NamespaceLimits limits(NamespaceName namespace) {
        String id = namespace + LIMITS;
        return subjects.get(id)
                .map(document -> read(id, document, SubjectDocuments::readLimits))
                .orElse(NamespaceLimits.NONE);
    }

    @Override
    public SortedMap<NamespaceName, NamespaceLimits> allLimits() {
        var all = new TreeMap<NamespaceName, NamespaceLimits>();
        scan(
                each -> each.id().endsWith(LIMITS),
                some -> unreadable
                        .readable(some, CouchSubjects::limitsOf)
                        .forEach(each -> all.put(each.getKey(), each.getValue())));
        all.values().removeIf(NamespaceLimits.NONE::equals);
        return all;
    }

    private static Map.Entry<NamespaceName, NamespaceLimits> limitsOf(Found found) {
        String name = found.id().substring(0, found.id().length() - LIMITS.length());
        return read(
                found.id(),
                found.document(),
                document -> Map.entry(new NamespaceName(name), SubjectDocuments.readLimits(document)));
    }

    private List<Subject> all(Predicate<Subject> wanted) {
        var all = new ArrayList<Subject>();
        scan(
                each -> each.document().hasField("subject"),
                some ->
                        unreadable
                                .readable(some, each -> read(each.id(), each.document(), SubjectDocuments::read))
                                .stream()
                                .filter(wanted)
                                .forEach(all::add));
        all.sort(java.util.Comparator.comparing(Subject::name));
        return all;
    }

    private interface Page {
        void take(List<Found> some);
    }

    private void scan(Predicate<Found> wanted, Page page) {
        String after = "";
        List<Found> some;
        do {
            some = subjects.page(after, AT_A_TIME);
            page.take(some.stream()
                    .filter(each -> Database.isOurs(each.id()))
                    .filter(wanted)
                    .toList());
            after = some.isEmpty() ? after : some.getLast().id();
        } while (some.size() == AT_A_TIME);
    }

    private List<RawJson> keys(String uuid) {
        ViewQuery query = ViewQuery.plain(IDENTITIES, ViewQuery.key(uuid, ""), ViewQuery.key(uuid, ViewQuery.LAST));
        return subjects.rows(query.withDocuments().page(0, 10));
    }

    /// A row carries the limits of its namespace, as the document that it links.
    private Stream<Identity> identity(RawJson row) {
        var fields = row.fields();
        String subject = id(row);
        var value = fields.getOrDefault("value", RawJson.NULL).fields();
        RawJson limits = fields.getOrDefault("doc", RawJson.NULL);
        return unreadable
                .readable(
                        List.of(row),
                        _ -> read(subject, limits, document -> {
                            var key = new AuthKey(text(value, "uuid"), text(value, "key"));
                            var namespace = new Namespace(new NamespaceName(text(value, "namespace")), key.uuid());
                            boolean hasLimits = document.isObject() && !document.hasField("subject");
                            return new Identity(
                                    subject,
                                    namespace,
                                    key,
                                    hasLimits ? SubjectDocuments.readLimits(document) : NamespaceLimits.NONE);
                        }))
                .stream();
    }

    private static String id(RawJson row) {
        return text(row.fields(), "id");
    }

    private static String text(Map<String, RawJson> fields, String name) {
        return fields.getOrDefault(name, RawJson.NULL).asText().orElse("");
    }

    private static <T> T read(String id, RawJson document, Function<RawJson, T> codec) {
        try {
            return codec.apply(document);
        } catch (MalformedDocumentException | IllegalArgumentException | ApiException e) {
            throw new StoreException.Corrupted(
                    id, "The stored document of %s is damaged: %s".formatted(id, e.getMessage()), e);
        }
    }

    /// Names share one key space with limits, and with what is CouchDB's own.
    private static void requireOurs(Subject subject) {
        boolean isClear = Database.isOurs(subject.name())
                && !subject.name().endsWith(LIMITS)
                && subject.memberships().stream()
                        .allMatch(each -> Database.isOurs(each.namespace().value()));
        if (!isClear) {
            throw new StoreException.Unavailable(
                    "The subject %s can't be kept in CouchDB: neither it nor a namespace may begin with '_', and it"
                                    .formatted(subject.name())
                            + " may not end with " + LIMITS);
        }
    }
}
