package dev.whirl.store.memory;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.identity.Subject.Membership;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.store.Subjects;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Subjects in a map. The monitor guards all fields.
final class MemorySubjects implements Subjects {
    private final Map<String, Subject> byName = new TreeMap<>();
    private final Map<NamespaceName, NamespaceLimits> limits = new HashMap<>();

    @Override
    public synchronized void put(Subject subject) {
        byName.put(subject.name(), subject);
    }

    @Override
    public synchronized Optional<Subject> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public synchronized List<Subject> list() {
        return List.copyOf(byName.values());
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

    private Optional<Identity> identity(Predicate<Membership> wanted) {
        return byName.values().stream()
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
