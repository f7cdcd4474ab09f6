package dev.whirl.controller.api.packages;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.actions.ActionJson;
import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.directory.SharedReading;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Collection;
import dev.whirl.store.Entities;
import java.util.List;

/// The part of the API's table that is about packages and what lies in them (rows ).
public final class PackageRoutes {
    private static final String NAMESPACE = "/api/v1/namespaces/{namespace}/";
    private static final String ALL = NAMESPACE + "packages";
    private static final String ONE = ALL + "/{name}";

    private PackageRoutes() {}

    public static List<Route> of(ApiParts parts, SharedReading sharing) {
        Entities entities = parts.stores().entities();
        var packages = ListEntities.of(parts, Collection.PACKAGES, ActionPackage.class, PackageJson::writeSummary);
        var actions = ListEntities.of(parts, Collection.ACTIONS, Action.class, ActionJson::writeSummary);
        return List.of(
                Route.guarded("GET", ALL + "/?", new ListPackages(packages)),
                Route.guarded("GET", ONE, new GetPackage(parts.resolver(), sharing, entities, actions.entityBytes())),
                Route.guarded("PUT", ONE, new PutPackage(parts)),
                Route.guarded("DELETE", ONE, new DeletePackage(parts.access(), entities)),
                Route.guarded(
                        "GET",
                        NAMESPACE + "actions/{package}/",
                        new ListPackageActions(parts.resolver(), sharing, actions)));
    }
}
