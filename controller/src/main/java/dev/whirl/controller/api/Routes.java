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
import java.util.ArrayList;

/// The whole API as one table (part 1.2 of the rows).
public final class Routes {
    private Routes() {}

    /// @param actions holds what the other parts of the table need, too
    public static Router of(ControllerConfig config, ActionRoutes actions, Telemetry telemetry) {
        Gate gate = actions.gate();
        long maxBody = config.http().maxContent().bytes();
        var routes = new ArrayList<Route>();
        routes.addAll(actions.table(config.archives(), maxBody));
        routes.addAll(ActivationRoutes.of(gate, actions.stores().activations()));
        routes.addAll(
                InfoRoutes.of(BuildInfo.ofThisJar(), actions.limits(), actions.runtimes(), gate, telemetry.scrape()));
        return new Router(routes);
    }
}
