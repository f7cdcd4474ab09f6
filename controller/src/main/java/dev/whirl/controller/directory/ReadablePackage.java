package dev.whirl.controller.directory;

import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Parameters;

/// A package as its reader named it.
///
/// @param contents the package that holds the actions: the named one, or the one to which it is bound
public record ReadablePackage(ActionPackage named, ActionPackage contents) {
    public boolean isBinding() {
        return named.isBinding();
    }

    /// What its actions inherit: the package's parameters, overridden by the binding's (row R-100).
    public Parameters parameters() {
        return isBinding() ? contents.parameters().overriddenBy(named.parameters()) : named.parameters();
    }
}
