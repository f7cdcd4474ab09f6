package dev.whirl.controller.api.info;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.invoke.InvokeEngine;
import dev.whirl.controller.place.InvokerHealth;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.message.InvokerId;
import java.util.List;
import java.util.SortedMap;

/// The part of the API's table that is for operators (rows ). Everybody may ask how many invokers
/// there are; what runs is told to the system's namespace only, and only the operator's password stops something.
public final class OperatorRoutes {
    private final Gate gate;
    private final InvokeEngine engine;
    private final OperatorLogin login;

    private OperatorRoutes(Gate gate, InvokeEngine engine, OperatorLogin login) {
        this.gate = gate;
        this.engine = engine;
        this.login = login;
    }

    public static List<Route> of(Gate gate, InvokeEngine engine, OperatorLogin login) {
        var routes = new OperatorRoutes(gate, engine, login);
        return List.of(
                Route.open("GET", "/invokers", _ -> routes.invokers()),
                Route.open("GET", "/invokers/healthy/count", _ -> routes.healthyCount()),
                Route.open("GET", "/invokers/ready", _ -> routes.ready()),
                Route.guarded("GET", "/invokers/reasons", Metrics.forSystem(_ -> routes.reasons())),
                Route.guarded("GET", "/activation", Metrics.forSystem(_ -> routes.running())),
                Route.guarded("GET", "/activation/count", Metrics.forSystem(_ -> routes.runningCount())),
                Route.open("POST", "/disable", routes::disable),
                Route.open("POST", "/enable", routes::enable));
    }

    private Answer invokers() {
        var out = new JsonWriter().startObject();
        engine.invokers().forEach((id, health) -> out.field(id.toString(), health.word()));
        return Answer.json(200, out.endObject());
    }

    /// Beside the row's own form, which has no place for reasons.
    private Answer reasons() {
        var out = new JsonWriter().startObject();
        engine.invokers()
                .forEach((id, health) -> out.name(id.toString())
                        .startObject()
                        .field("state", health.word())
                        .field("reason", health.reason())
                        .endObject());
        return Answer.json(200, out.endObject());
    }

    private static long healthy(SortedMap<InvokerId, InvokerHealth> all) {
        return all.values().stream().filter(InvokerHealth.Up.class::isInstance).count();
    }

    private Answer healthyCount() {
        return Answer.json(200, new JsonWriter(16).number(healthy(engine.invokers())));
    }

    /// Ready when all that were heard of take work, one at least.
    private Answer ready() {
        SortedMap<InvokerId, InvokerHealth> invokers = engine.invokers();
        int all = invokers.size();
        long healthy = healthy(invokers);
        boolean isReady = all > 0 && healthy == all;
        var out = new JsonWriter(64).startObject();
        out.field(isReady ? "healthy" : "unhealthy", "%d/%d".formatted(healthy, all));
        return Answer.json(isReady ? 200 : 500, out.endObject());
    }

    private Answer running() {
        var out = new JsonWriter().startArray();
        engine.running()
                .forEach((id, action) -> out.startArray()
                        .string(id.value())
                        .string(action.toString())
                        .endArray());
        return Answer.json(200, out.endArray());
    }

    private Answer runningCount() {
        return Answer.json(200, new JsonWriter(16).number(engine.running().size()));
    }

    private Answer disable(ApiRequest request) {
        login.require(request.authorization());
        gate.disable();
        return Answer.text(200, Answer.TEXT, "controller is disabled");
    }

    private Answer enable(ApiRequest request) {
        login.require(request.authorization());
        gate.enable();
        return Answer.text(200, Answer.TEXT, "controller is enabled");
    }
}
