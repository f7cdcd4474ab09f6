package dev.whirl.store.embedded;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.Subjects;
import dev.whirl.store.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// Subjects in the database, in [Table#SUBJECTS]:
///
/// | key                  | value            |
/// |----------------------|------------------|
/// | `s` subject          | revision and document, see [Headed] |
/// | `k` uuid of a key    | subject          |
/// | `n` namespace, subject |                |
/// | `l` namespace        | limits document  |
final class EmbeddedSubjects implements Subjects {
    private final Database database;
    private final Committer committer;
    private final LongReads reads;
    private final Unreadable unreadable;

    EmbeddedSubjects(Database database, Committer committer, LongReads reads, Unreadable unreadable) {
        this.database = database;
        this.reads = reads;
        this.unreadable = unreadable;
        this.committer = committer;
    }

    @Override
    public void put(Subject subject) {
        byte[] document = SubjectDocuments.write(subject).toBytes();
        commit(document.length, batch -> {
            Optional<Revision> old = batch.get(Table.SUBJECTS, document(subject.name()))
                    .map(value -> Headed.revision(subject.name(), value));
            write(batch, subject, Headed.format(Headed.next(old.orElse(null)).value(), document));
        });
    }

    @Override
    public Revision put(Subject subject, @Nullable Revision expected) throws ConflictException {
        Revision next = Headed.next(expected);
        byte[] value = Headed.format(next.value(), SubjectDocuments.write(subject));
        committer.commit(Commit.Kind.URGENT, value.length, batch -> {
            check(batch, subject.name(), expected);
            for (Membership each : subject.memberships()) {
                Optional<String> owner = batch.get(Table.SUBJECTS, key(each)).map(EmbeddedSubjects::text);
                if (owner.isPresent() && !owner.get().equals(subject.name())) {
                    throw new ConflictException("key " + each.key().uuid());
                }
            }
            write(batch, subject, value);
        });
        return next;
    }

    @Override
    public void delete(String name, Revision expected) throws ConflictException {
        committer.commit(Commit.Kind.FREEING, 0, batch -> {
            check(batch, name, expected);
            deleteIndex(batch, name);
            batch.delete(Table.SUBJECTS, document(name));
        });
    }

    @Override
    public Optional<Stored> stored(String name) {
        return database.get(Table.SUBJECTS, document(name))
                .map(value -> new Stored(parse(name, value), Headed.revision(name, value)));
    }

    @Override
    public List<Subject> list() {
        return readable(reads.read(view -> {
            var subjects = new ArrayList<Raw>();
            view.scan(
                    Table.SUBJECTS,
                    Key.of('s').range(),
                    row -> subjects.add(new Raw(text(row.key()).substring(1), row.value())));
            return subjects;
        }));
    }

    @Override
    public List<Subject> inNamespace(NamespaceName namespace) {
        KeyRange members = members(namespace).range();
        int prefix = members.from().length;
        List<Subject> found = readable(reads.read(view -> {
            var subjects = new ArrayList<Raw>();
            view.scan(Table.SUBJECTS, members, row -> {
                String name = text(row.key()).substring(prefix);
                view.get(Table.SUBJECTS, document(name)).ifPresent(value -> subjects.add(new Raw(name, value)));
                return true;
            });
            return subjects;
        }));
        return found.stream()
                .filter(each -> each.memberships().stream()
                        .anyMatch(membership -> membership.namespace().equals(namespace)))
                .toList();
    }

    @Override
    public Optional<Identity> byKey(String uuid) {
        try (View view = database.view()) {
            return view.get(Table.SUBJECTS, Key.of('k').last(uuid).toBytes())
                    .flatMap(name ->
                            identity(view, text(name), each -> each.key().uuid().equals(uuid)));
        }
    }

    @Override
    public Optional<Identity> byNamespace(NamespaceName namespace) {
        var found = new ArrayList<Identity>(1);
        KeyRange members = members(namespace).range();
        int prefix = members.from().length;
        try (View view = database.view()) {
            view.scan(Table.SUBJECTS, members, row -> {
                String subject = new String(row.key(), prefix, row.key().length - prefix, StandardCharsets.UTF_8);
                identity(view, subject, each -> each.namespace().equals(namespace))
                        .ifPresent(found::add);
                return found.isEmpty();
            });
        }
        return found.stream().findFirst();
    }

    @Override
    public void putLimits(NamespaceName namespace, NamespaceLimits limits) {
        byte[] document = SubjectDocuments.writeLimits(namespace, limits).toBytes();
        commit(document.length, batch -> {
            if (limits.equals(NamespaceLimits.NONE)) {
                batch.delete(Table.SUBJECTS, limitsOf(namespace));
            } else {
                batch.put(Table.SUBJECTS, limitsOf(namespace), document);
            }
        });
    }

    @Override
    public NamespaceLimits limits(NamespaceName namespace) {
        try (View view = database.view()) {
            return limits(view, namespace);
        }
    }

    @Override
    public SortedMap<NamespaceName, NamespaceLimits> allLimits() {
        List<Raw> rows = reads.read(view -> {
            var found = new ArrayList<Raw>();
            view.scan(
                    Table.SUBJECTS,
                    Key.of('l').range(),
                    row -> found.add(new Raw(text(row.key()).substring(1), row.value())));
            return found;
        });
        var limits = new TreeMap<NamespaceName, NamespaceLimits>();
        unreadable
                .readable(rows, each -> Map.entry(new NamespaceName(each.name()), parseLimits(each)))
                .forEach(each -> limits.put(each.getKey(), each.getValue()));
        return limits;
    }

    private void commit(long bytes, Change change) {
        committer.commitAlways(Commit.Kind.URGENT, bytes, change);
    }

    private static Optional<Identity> identity(View view, String subject, Predicate<Membership> wanted) {
        return view.get(Table.SUBJECTS, document(subject))
                .map(value -> parse(subject, value))
                .filter(each -> !each.isBlocked())
                .flatMap(each -> each.memberships().stream().filter(wanted).findFirst())
                .map(each -> new Identity(
                        subject,
                        new Namespace(each.namespace(), each.key().uuid()),
                        each.key(),
                        limits(view, each.namespace())));
    }

    private static NamespaceLimits limits(View view, NamespaceName namespace) {
        return view.get(Table.SUBJECTS, limitsOf(namespace))
                .map(each -> parseLimits(new Raw(namespace.value(), each)))
                .orElse(NamespaceLimits.NONE);
    }

    private static NamespaceLimits parseLimits(Raw row) {
        return Documents.read("limits of " + row.name(), row.document(), SubjectDocuments::readLimits);
    }

    private List<Subject> readable(List<Raw> subjects) {
        return unreadable.readable(subjects, each -> parse(each.name(), each.document()));
    }

    private static void check(Batch batch, String name, @Nullable Revision expected)
            throws RocksDBException, ConflictException {
        Optional<Revision> found = batch.get(Table.SUBJECTS, document(name)).map(value -> Headed.revision(name, value));
        if (!found.equals(Optional.ofNullable(expected))) {
            throw new ConflictException("subject " + name);
        }
    }

    private static void write(Batch batch, Subject subject, byte[] value) throws RocksDBException {
        deleteIndex(batch, subject.name());
        batch.put(Table.SUBJECTS, document(subject.name()), value);
        for (Membership each : subject.memberships()) {
            batch.put(Table.SUBJECTS, key(each), utf8(subject.name()));
            batch.put(Table.SUBJECTS, member(each, subject));
        }
    }

    /// A key may belong to somebody else by now: that stays. Rows of a subject that can't be read stay too; whoever
    /// finds them looks at the subject again.
    private static void deleteIndex(Batch batch, String name) throws RocksDBException {
        Optional<byte[]> value = batch.get(Table.SUBJECTS, document(name));
        if (value.isEmpty()) {
            return;
        }
        for (Subject old : readIfPossible(name, value.get())) {
            for (Membership each : old.memberships()) {
                batch.delete(Table.SUBJECTS, member(each, old));
                Optional<String> owner = batch.get(Table.SUBJECTS, key(each)).map(EmbeddedSubjects::text);
                if (owner.equals(Optional.of(name))) {
                    batch.delete(Table.SUBJECTS, key(each));
                }
            }
        }
    }

    private static List<Subject> readIfPossible(String name, byte[] value) {
        try {
            return List.of(parse(name, value));
        } catch (StoreException.Corrupted e) {
            return List.of();
        }
    }

    private static Subject parse(String name, byte[] value) {
        String document = "subject " + name;
        return Documents.read(document, Headed.document(document, value), SubjectDocuments::read);
    }

    private static byte[] document(String subject) {
        return Key.of('s').last(subject).toBytes();
    }

    private static byte[] key(Membership membership) {
        return Key.of('k').last(membership.key().uuid()).toBytes();
    }

    private static Key members(NamespaceName namespace) {
        return Key.of('n').text(namespace.value());
    }

    private static byte[] member(Membership membership, Subject subject) {
        return members(membership.namespace()).last(subject.name()).toBytes();
    }

    private static byte[] limitsOf(NamespaceName namespace) {
        return Key.of('l').last(namespace.value()).toBytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
