package dev.whirl.controller.api.actions;

import dev.whirl.controller.api.ApiParts;
import dev.whirl.controller.api.entities.ListEntities;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.directory.SharedReading;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Collection;
import java.util.ArrayList;
import java.util.List;

/// The part of the API's table that is about actions, in packages and outside of them (rows ).
public final class ActionRoutes {
    private static final String ALL = "/api/v1/namespaces/{namespace}/actions";
    private static final List<String> ONE = List.of(ALL + "/{name}", ALL + "/{package}/{name}");

    private ActionRoutes() {}

    /// @param maxBody largest body of a PUT
    public static List<Route> of(ApiParts parts, SharedReading sharing, ArchiveLimits archives, long maxBody) {
        var code = new ActionCode(parts.stores().code());
        var kinds = KindRules.of(parts);
        var own = new OwnActions(parts.access(), parts.engine().directory());
        var rules = new PutRules(parts, archives, maxBody);
        var routes = new ArrayList<Route>();
        routes.add(Route.guarded(
                "GET", ALL + "/?", ListEntities.of(parts, Collection.ACTIONS, Action.class, ActionJson::writeSummary)));
        var get = new GetAction(parts.resolver(), sharing, code);
        var put = new PutAction(
                parts.access(),
                own,
                rules,
                new SequenceRules(parts.resolver(), parts.limits().sequenceLength()),
                parts.stores(),
                parts.clock());
        var invoke = new InvokeAction(parts.gate(), parts.resolver(), parts.engine(), kinds, parts.limits());
        var delete = new DeleteAction(parts.access(), own, code);
        for (String path : ONE) {
            routes.add(Route.guarded("GET", path, get));
            routes.add(Route.guarded("PUT", path, put));
            routes.add(Route.guarded("POST", path, invoke));
            routes.add(Route.guarded("DELETE", path, delete));
        }
        return routes;
    }
}
