package dev.whirl.model.entity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A group of actions with common parameters, or a binding: another package under a name and with parameters of
/// one's own (row R-100).
///
/// @param binding the package that this one stands for, null if it is no binding
/// @param isPublic what `publish` says; a binding is never open to others, whatever it says (row A-6)
public record ActionPackage(
        EntityId id,
        @Nullable EntityId binding,
        Parameters parameters,
        Version version,
        boolean isPublic,
        Annotations annotations,
        Instant updated)
        implements Entity {
    /// A name that no package may have: in paths it stands for no package at all (row R-12).
    public static final String RESERVED_NAME = "default";

    @Override
    public Collection collection() {
        return Collection.PACKAGES;
    }

    public ActionPackage withParameters(Parameters others) {
        return new ActionPackage(id, binding, others, version, isPublic, annotations, updated);
    }

    public boolean isBinding() {
        return binding != null;
    }
}
