package dev.whirl.model.entity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an entity lives: `namespace[/package]/name`. Actions, triggers, rules and packages share this one key
/// space (row R-16).
///
/// @param pkg the package of a packaged action, null outside of packages
public record EntityId(NamespaceName namespace, @Nullable EntityName pkg, EntityName name) {
    public static EntityId of(NamespaceName namespace, EntityName name) {
        return new EntityId(namespace, null, name);
    }

    /// The path up to the name, as in the `namespace` field of an entity's JSON: `ns` or `ns/pkg`.
    public String path() {
        return pkg == null ? namespace.value() : namespace.value() + "/" + pkg.value();
    }

    /// `ns/name` or `ns/pkg/name`: the document's key.
    @Override
    public String toString() {
        return path() + "/" + name.value();
    }

    /// The package of a packaged action.
    ///
    /// @return empty for what lies outside of packages
    public Optional<EntityId> inPackage() {
        return pkg == null ? Optional.empty() : Optional.of(of(namespace, pkg));
    }

    /// What is called so in the package that this id names.
    public EntityId member(EntityName member) {
        return new EntityId(namespace, name, member);
    }
}
