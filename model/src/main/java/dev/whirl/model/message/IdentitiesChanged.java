package dev.whirl.model.message;

/// Caches must forget who callers are and what they may use: subjects, keys or limits were changed.
public record IdentitiesChanged() implements Message {}
