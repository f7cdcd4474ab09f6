package dev.whirl.model.identity;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.model.entity.NamespaceName;
import java.util.List;

/// A user: a name, and a key for each namespace that it may use (row A-1).
public record Subject(String name, List<Membership> memberships, boolean isBlocked) {
    /// One namespace of a subject; the namespace's uuid is the key's.
    public record Membership(NamespaceName namespace, AuthKey key) {}

    public Subject {
        require(name.length() >= 5, "a subject has at least 5 characters, got '%s'", name);
        memberships = List.copyOf(memberships);
    }
}
