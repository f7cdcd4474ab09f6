package dev.whirl.model.identity;

import dev.whirl.model.entity.NamespaceName;

/// A namespace with its id: quotas count by the id, so a name that is used again starts afresh (attack 15).
public record Namespace(NamespaceName name, String uuid) {}
