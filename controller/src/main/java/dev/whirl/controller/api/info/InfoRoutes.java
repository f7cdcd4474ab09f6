package dev.whirl.controller.api.info;

import dev.whirl.controller.BuildInfo;
import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.runtime.RuntimesManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The part of the API's table that is about the platform itself (rows ).
public final class InfoRoutes {
    private static final String NAMESPACES = "/api/v1/namespaces";

    private InfoRoutes() {}

    /// @param obstacle why no invocation could succeed now, if none could
    public static List<Route> of(
            BuildInfo build,
            SystemLimits limits,
            RuntimesManifest runtimes,
            Gate gate,
            Supplier<Optional<String>> obstacle,
            Supplier<String> scrape) {
        var routes = new ArrayList<>(probes(obstacle));
        routes.add(Route.open("GET", "/", new SystemInfo(limits, runtimes)));
        routes.add(Route.guarded("GET", "/metrics", Metrics.of(scrape)));
        routes.add(Route.open("GET", "/api/v1/?", new ApiInfo(build)));
        routes.add(Route.guarded("GET", NAMESPACES + "/?", InfoRoutes::namespaces));
        routes.add(Route.guarded("GET", NAMESPACES + "/{namespace}/limits/?", new GetLimits(gate, limits)));
        return routes;
    }

    /// `/ping` and `/ready`, which every process that listens has: whether it lives, and whether it is of use.
    ///
    /// @param obstacle why it is of no use now, if it is of none
    public static List<Route> probes(Supplier<Optional<String>> obstacle) {
        return List.of(
                Route.open("GET", "/ping", _ -> Answer.text(200, Answer.TEXT, "pong")),
                Route.open("GET", "/ready", _ -> ready(obstacle.get())));
    }

    /// For whoever sends calls to one of several processes, and waits until one can take them.
    private static Answer ready(Optional<String> obstacle) {
        return obstacle.map(reason -> Answer.text(503, Answer.TEXT, "not ready: " + reason))
                .orElseGet(() -> Answer.text(200, Answer.TEXT, "ready"));
    }

    /// Exactly one: the caller's (row R-23).
    private static Answer namespaces(Call call) {
        var out = new JsonWriter(64).startArray();
        return Answer.json(
                200, out.string(call.caller().namespace().name().value()).endArray());
    }
}
