package dev.whirl.controller.api;

import dev.whirl.controller.BuildInfo;
import dev.whirl.controller.ControllerConfig;
import dev.whirl.controller.Telemetry;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.actions.ActionRoutes;
import dev.whirl.controller.api.activations.ActivationRoutes;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.api.info.InfoRoutes;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import dev.whirl.store.Stores;
import java.util.ArrayList;

/// The whole API as one table (part 1.2 of the rows).
public final class Routes {
    private Routes() {}

    public static Router of(
            ControllerConfig config,
            SystemLimits limits,
            RuntimesManifest runtimes,
            Stores stores,
            Gate gate,
            InvokeEngine engine,
            Telemetry telemetry) {
        var routes = new ArrayList<Route>();
        routes.addAll(ActionRoutes.of(config, limits, runtimes, stores, gate, engine, telemetry.clock()));
        routes.addAll(ActivationRoutes.of(gate, stores.activations()));
        routes.addAll(InfoRoutes.of(BuildInfo.ofThisJar(), limits, runtimes, gate, telemetry.scrape()));
        return new Router(routes);
    }
}
