package dev.whirl.controller.api.triggers;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.actions.KindRules;
import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Trigger;
import java.util.List;

/// The part of the API's table that is about triggers (rows ).
public final class TriggerRoutes {
    private static final String ALL = "/api/v1/namespaces/{namespace}/triggers";
    private static final String ONE = ALL + "/{name}";

    private TriggerRoutes() {}

    public static List<Route> of(ApiParts parts) {
        var kinds = KindRules.of(parts);
        return List.of(
                Route.guarded(
                        "GET",
                        ALL + "/?",
                        ListEntities.of(parts, Collection.TRIGGERS, Trigger.class, TriggerJson::writeSummary)),
                Route.guarded("GET", ONE, new GetTrigger(parts.access())),
                Route.guarded("PUT", ONE, new PutTrigger(parts)),
                Route.guarded("POST", ONE, new FireTrigger(parts, kinds)),
                Route.guarded("DELETE", ONE, new DeleteTrigger(parts.access())));
    }
}
