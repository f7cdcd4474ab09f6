package dev.whirl.store;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Users and their keys (row A-1).
public interface Subjects {
    /// A subject as it was read.
    record Stored(Subject subject, Revision revision) {}

    /// Writes the subject in place of what was there under its name. Durable on return.
    void put(Subject subject);

    /// Creates (expected = null) or replaces the subject under its name. Durable on return.
    ///
    /// @throws ConflictException if it exists though it was to be created, or has another revision; or if one
    ///     of its keys has the uuid of somebody else's
    Revision put(Subject subject, @Nullable Revision expected) throws ConflictException;

    /// Takes a subject and its keys away. What it owns in its namespaces stays. Durable on return.
    ///
    /// @throws ConflictException if it has another revision or is gone
    void delete(String name, Revision expected) throws ConflictException;

    /// A subject with the revision that [#put] and [#delete] ask for.
    Optional<Stored> stored(String name);

    default Optional<Subject> find(String name) {
        return stored(name).map(Stored::subject);
    }

    /// All subjects by name, blocked ones too. What can't be read is left out.
    List<Subject> list();

    /// The subjects that have a key for this namespace, by name, blocked ones too (row A-7, `user list`).
    List<Subject> inNamespace(NamespaceName namespace);

    /// The identity that a key's uuid belongs to, its limits included; empty for unknown ones and for blocked
    /// subjects. The caller compares the secret.
    Optional<Identity> byKey(String uuid);

    /// Some identity of a namespace: for calls made in its owner's name.
    Optional<Identity> byNamespace(NamespaceName namespace);

    /// Sets what one namespace may use, in place of what was set before; [NamespaceLimits#NONE] takes it
    /// away. Durable on return.
    void putLimits(NamespaceName namespace, NamespaceLimits limits);

    /// What was set for a namespace (row A-2); [NamespaceLimits#NONE] if nothing was.
    NamespaceLimits limits(NamespaceName namespace);

    /// What was set for any namespace, by name: for operators. What can't be read is left out.
    SortedMap<NamespaceName, NamespaceLimits> allLimits();
}
