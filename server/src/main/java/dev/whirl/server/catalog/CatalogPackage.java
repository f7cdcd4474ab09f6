package dev.whirl.server.catalog;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Parameters;
import java.util.List;

/// A package as its manifest describes it.
///
/// @param digest changes with anything in it
public record CatalogPackage(
        EntityName name, Parameters parameters, Annotations annotations, List<CatalogAction> actions, String digest) {
    public CatalogPackage {
        actions = List.copyOf(actions);
    }

    /// One action of it.
    record CatalogAction(EntityName name, String kind, ActionCode code, Annotations annotations) {}
}
