package dev.whirl.store.memory;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Revision;
import dev.whirl.store.Subjects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Subjects in a map. The monitor guards all fields.
final class MemorySubjects implements Subjects {
    private final Map<String, Stored> byName = new TreeMap<>();
    private final Map<NamespaceName, NamespaceLimits> limits = new HashMap<>();
    private long revisions;

    @Override
    public synchronized void put(Subject subject) {
        keep(subject);
    }

    @Override
    public synchronized Revision put(Subject subject, @Nullable Revision expected) throws ConflictException {
        check(subject.name(), expected);
        for (Membership each : subject.memberships()) {
            String uuid = each.key().uuid();
            if (holders(uuid).anyMatch(holder -> !holder.equals(subject.name()))) {
                throw new ConflictException("key " + uuid);
            }
        }
        return keep(subject);
    }

    @Override
    public synchronized void delete(String name, Revision expected) throws ConflictException {
        check(name, expected);
        byName.remove(name);
    }

    @Override
    public synchronized Optional<Stored> stored(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public synchronized List<Subject> list() {
        return subjects().toList();
    }

    @Override
    public synchronized List<Subject> inNamespace(NamespaceName namespace) {
        return subjects()
                .filter(each -> each.memberships().stream()
                        .anyMatch(membership -> membership.namespace().equals(namespace)))
                .toList();
    }

    @Override
    public synchronized Optional<Identity> byKey(String uuid) {
        return identity(each -> each.key().uuid().equals(uuid));
    }

    @Override
    public synchronized Optional<Identity> byNamespace(NamespaceName namespace) {
        return identity(each -> each.namespace().equals(namespace));
    }

    @Override
    public synchronized void putLimits(NamespaceName namespace, NamespaceLimits values) {
        limits.put(namespace, values);
    }

    @Override
    public synchronized NamespaceLimits limits(NamespaceName namespace) {
        return limits.getOrDefault(namespace, NamespaceLimits.NONE);
    }

    @Override
    public synchronized SortedMap<NamespaceName, NamespaceLimits> allLimits() {
        var set = new TreeMap<>(limits);
        set.values().removeIf(NamespaceLimits.NONE::equals);
        return set;
    }

    private Revision keep(Subject subject) {
        var revision = new Revision(Long.toString(++revisions));
        byName.put(subject.name(), new Stored(subject, revision));
        return revision;
    }

    private void check(String name, @Nullable Revision expected) throws ConflictException {
        Optional<Revision> found = stored(name).map(Stored::revision);
        if (!found.equals(Optional.ofNullable(expected))) {
            throw new ConflictException("subject " + name);
        }
    }

    private Stream<Subject> subjects() {
        return byName.values().stream().map(Stored::subject);
    }

    private Stream<String> holders(String uuid) {
        return subjects()
                .filter(each -> each.memberships().stream()
                        .anyMatch(membership -> membership.key().uuid().equals(uuid)))
                .map(Subject::name);
    }

    private Optional<Identity> identity(Predicate<Membership> wanted) {
        return subjects()
                .filter(each -> !each.isBlocked())
                .flatMap(each -> identities(each, wanted))
                .findFirst();
    }

    private Stream<Identity> identities(Subject subject, Predicate<Membership> wanted) {
        return subject.memberships().stream()
                .filter(wanted)
                .map(each -> new Identity(
                        subject.name(),
                        new Namespace(each.namespace(), each.key().uuid()),
                        each.key(),
                        limits(each.namespace())));
    }
}
