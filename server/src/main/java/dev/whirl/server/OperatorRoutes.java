package dev.whirl.server;

import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.info.InfoRoutes;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a part of a cluster without an API of its own tells whoever runs it.
///
/// | route | answer |
/// |---|---|
/// | `GET /ping` | `pong`, as long as the process lives |
/// | `GET /ready` | `ready`, or 503 with what stands in the way |
/// | `GET /health` | the same as JSON |
/// | `GET /metrics` | figures for Prometheus, for the operator alone |
final class OperatorRoutes {
    private OperatorRoutes() {}

    /// @param obstacle why it can do no work now, if it can't
    /// @param scrape the figures
    static List<Route> of(Supplier<Optional<String>> obstacle, OperatorLogin login, Supplier<String> scrape) {
        var routes = new ArrayList<>(InfoRoutes.probes(obstacle));
        routes.add(Route.open("GET", "/health", _ -> health(obstacle.get())));
        routes.add(Route.open("GET", "/metrics", request -> {
            login.require(request.authorization());
            return Answer.text(200, Answer.TEXT, scrape.get());
        }));
        return routes;
    }

    private static Answer health(Optional<String> obstacle) {
        return Answer.json(
                obstacle.isEmpty() ? 200 : 503, RawJson.object("status", RawJson.string(obstacle.orElse("ok"))));
    }
}
