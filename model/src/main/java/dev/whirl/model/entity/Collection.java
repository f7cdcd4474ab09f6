package dev.whirl.model.entity;

import java.util.Locale;

/// The kinds of entity, as the path of the API names them.
public enum Collection {
    ACTIONS,
    TRIGGERS,
    RULES,
    PACKAGES;

    /// `actions`, `triggers`, …
    public String plural() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// `action`, `trigger`, …: the `entityType` of a stored document (row I-47).
    public String singular() {
        return plural().substring(0, plural().length() - 1);
    }
}
