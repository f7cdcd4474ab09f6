package dev.whirl.controller.api.actions;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The part of the API's table that is about actions (rows ).
public record ActionRoutes(
        SystemLimits limits,
        RuntimesManifest runtimes,
        Stores stores,
        Gate gate,
        InvokeEngine engine,
        InstantSource clock) {
    private static final String NAMESPACE = "/api/v1/namespaces/{namespace}/";
    private static final String ONE = NAMESPACE + "actions/{name}";
    private static final String PACKAGED = NAMESPACE + "actions/{package}/{name}";

    /// @param maxBody largest body of a PUT
    public List<Route> table(ArchiveLimits archives, long maxBody) {
        var access = new ActionAccess(gate, stores.entities());
        var code = new ActionCode(stores.code());
        var rules = new PutRules(limits, runtimes, archives, maxBody);
        var routes = new ArrayList<Route>();
        for (Collection each : Collection.values()) {
            routes.add(Route.guarded(
                    "GET", NAMESPACE + each.plural() + "/?", new ListEntities(gate, stores.entities(), each)));
        }
        routes.add(Route.guarded("GET", ONE, new GetAction(access, code)));
        routes.add(Route.guarded("PUT", ONE, new PutAction(access, rules, stores, engine::changed, clock)));
        routes.add(Route.guarded("POST", ONE, new InvokeAction(gate, engine, new KindRules(runtimes), limits)));
        routes.add(Route.guarded("DELETE", ONE, new DeleteAction(access, code, stores.entities(), engine::changed)));
        routes.addAll(packaged());
        return routes;
    }

    private List<Route> packaged() {
        return List.of(
                Route.guarded("GET", NAMESPACE + "actions/{package}/", new PackagedAction(gate, false)),
                Route.guarded("GET", PACKAGED, new PackagedAction(gate, false)),
                Route.guarded("PUT", PACKAGED, new PackagedAction(gate, false)),
                Route.guarded("POST", PACKAGED, new PackagedAction(gate, true)),
                Route.guarded("DELETE", PACKAGED, new PackagedAction(gate, false)));
    }
}
