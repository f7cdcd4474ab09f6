package dev.whirl.store.embedded;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.model.json.SubjectDocuments;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.Subjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;

/// Subjects in the database, in [Table#SUBJECTS]:
///
/// | key                  | value            |
/// |----------------------|------------------|
/// | `s` subject          | its document     |
/// | `k` uuid of a key    | subject          |
/// | `n` namespace, subject |                |
/// | `l` namespace        | limits document  |
final class EmbeddedSubjects implements Subjects {
    private final Database database;
    private final Committer committer;

    EmbeddedSubjects(Database database, Committer committer) {
        this.database = database;
        this.committer = committer;
    }

    @Override
    public void put(Subject subject) {
        byte[] document = SubjectDocuments.write(subject).toBytes();
        commit(document.length, batch -> {
            Optional<byte[]> old = batch.get(Table.SUBJECTS, document(subject.name()));
            if (old.isPresent()) {
                deleteIndex(batch, parse(old.get()));
            }
            batch.put(Table.SUBJECTS, document(subject.name()), document);
            for (Membership each : subject.memberships()) {
                batch.put(Table.SUBJECTS, key(each), utf8(subject.name()));
                batch.put(Table.SUBJECTS, member(each, subject));
            }
        });
    }

    @Override
    public Optional<Subject> find(String name) {
        return database.get(Table.SUBJECTS, document(name)).map(EmbeddedSubjects::parse);
    }

    @Override
    public List<Subject> list() {
        var subjects = new ArrayList<Subject>();
        try (View view = database.view()) {
            view.scan(Table.SUBJECTS, Key.of('s').range(), row -> subjects.add(parse(row.value())));
        }
        return subjects;
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

    private void commit(long bytes, Change change) {
        committer.commitAlways(Commit.Kind.URGENT, bytes, change);
    }

    private static Optional<Identity> identity(View view, String subject, Predicate<Membership> wanted) {
        return view.get(Table.SUBJECTS, document(subject))
                .map(EmbeddedSubjects::parse)
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
                .map(each -> Documents.read("limits of " + namespace, each, SubjectDocuments::readLimits))
                .orElse(NamespaceLimits.NONE);
    }

    /// A key may belong to somebody else by now: that stays.
    private static void deleteIndex(Batch batch, Subject old) throws RocksDBException {
        for (Membership each : old.memberships()) {
            batch.delete(Table.SUBJECTS, member(each, old));
            Optional<String> owner = batch.get(Table.SUBJECTS, key(each)).map(EmbeddedSubjects::text);
            if (owner.equals(Optional.of(old.name()))) {
                batch.delete(Table.SUBJECTS, key(each));
            }
        }
    }

    private static Subject parse(byte[] document) {
        return Documents.read("a subject", document, SubjectDocuments::read);
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
