package dev.whirl.store;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Subject;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.List;
import java.util.Optional;

/// Users and their keys (row A-1).
public interface Subjects {
    /// Writes the subject in place of what was there under its name. Durable on return.
    void put(Subject subject);

    Optional<Subject> find(String name);

    List<Subject> list();

    /// The identity that a key's uuid belongs to, its limits included; empty for unknown ones and for blocked
    /// subjects. The caller compares the secret.
    Optional<Identity> byKey(String uuid);

    /// Some identity of a namespace: for calls made in its owner's name.
    Optional<Identity> byNamespace(NamespaceName namespace);

    /// Sets what one namespace may use, in place of what was set before; [NamespaceLimits#NONE] takes it
    /// away. Durable on return.
    void putLimits(NamespaceName namespace, NamespaceLimits limits);

    /// What was set for a namespace (row A-2).
    NamespaceLimits limits(NamespaceName namespace);
}
