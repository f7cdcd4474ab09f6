package dev.whirl.controller.api;

import dev.whirl.controller.BuildInfo;
import dev.whirl.controller.ControllerConfig;
import dev.whirl.controller.Telemetry;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.actions.ActionRoutes;
import dev.whirl.controller.api.activations.ActivationRoutes;
import dev.whirl.controller.api.docs.DocRoutes;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.http.Router;
import dev.whirl.controller.api.info.InfoRoutes;
import dev.whirl.controller.api.info.OperatorRoutes;
import dev.whirl.controller.api.packages.PackageRoutes;
import dev.whirl.controller.api.rules.RuleRoutes;
import dev.whirl.controller.api.triggers.TriggerRoutes;
import dev.whirl.controller.api.web.WebRoutes;
import dev.whirl.controller.directory.SharedReading;
import java.util.ArrayList;

/// The whole API as one table (part 1.2 of the rows).
public final class Routes {
    private Routes() {}

    /// @param authenticator knows callers that other parts of the process let in
    public static Router of(
            ControllerConfig config,
            ApiParts parts,
            Telemetry telemetry,
            Authenticator authenticator,
            Frontage frontage) {
        Gate gate = parts.gate();
        var sharing = new SharedReading(config.access().sharesForExecutionOnly());
        Frontage.Beside beside = frontage.routes(WebRoutes.entry(parts, authenticator));
        var routes = new ArrayList<Route>();
        routes.addAll(ActionRoutes.of(
                parts, sharing, config.archives(), config.http().maxContent().bytes()));
        routes.addAll(PackageRoutes.of(parts, sharing));
        routes.addAll(TriggerRoutes.of(parts));
        routes.addAll(RuleRoutes.of(parts));
        routes.addAll(ActivationRoutes.of(gate, parts.stores().activations(), parts.limits()));
        routes.addAll(InfoRoutes.of(
                BuildInfo.ofThisJar(),
                parts.limits(),
                parts.runtimes(),
                gate,
                parts.engine()::obstacle,
                telemetry.scrape()));
        routes.addAll(WebRoutes.of(parts));
        routes.addAll(OperatorRoutes.of(gate, parts.engine(), new OperatorLogin(config.access(), parts.clock())));
        routes.addAll(DocRoutes.of(routes, BuildInfo.ofThisJar()));
        routes.addAll(0, beside.first());
        routes.addAll(beside.last());
        return new Router(routes, config.vanityHost());
    }
}
