package dev.whirl.sandbox.kubernetes.api;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the sandboxes need to be allowed in their namespace; a role for an invoker grants this and nothing else.
///
/// @param group of the API; empty for the core
/// @param resource with its subresource, as roles name it: `pods/attach`
/// @param verbs as roles name them
public record Permission(String group, String resource, Set<String> verbs) {
    /// All of it. Clusters ask for `create` on `pods/attach` besides `get` as of version 1.35.
    public static final List<Permission> ALL = List.of(
            new Permission("", "pods", Set.of("create", "delete", "get", "list", "watch")),
            new Permission("", "pods/attach", Set.of("create", "get")),
            new Permission("", "pods/log", Set.of("get")),
            new Permission("", "pods/resize", Set.of("patch")),
            new Permission("coordination.k8s.io", "leases", Set.of("create", "delete", "get", "list", "patch")),
            new Permission("networking.k8s.io", "networkpolicies", Set.of("create", "get", "update")));

    public Permission {
        verbs = Set.copyOf(verbs);
    }

    @Override
    public String toString() {
        String name = group.isEmpty() ? resource : resource + "." + group;
        return "%s %s".formatted(name, new TreeSet<>(verbs));
    }
}
