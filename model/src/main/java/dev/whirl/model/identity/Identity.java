package dev.whirl.model.identity;

import dev.whirl.model.limits.NamespaceLimits;

/// Who makes a request: a subject in one namespace, with the limits set for that namespace (row A-4).
public record Identity(String subject, Namespace namespace, AuthKey key, NamespaceLimits limits) {}
