package dev.whirl.controller.api.activations;

import dev.whirl.controller.access.Gate;
import dev.whirl.controller.api.http.Route;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.store.Activations;
import java.util.List;

/// The part of the API's table that is about activations (rows ).
public final class ActivationRoutes {
    private static final String ALL = "/api/v1/namespaces/{namespace}/activations";
    private static final String ONE = ALL + "/{id}";

    private ActivationRoutes() {}

    public static List<Route> of(Gate gate, Activations activations, SystemLimits limits) {
        long most = RecordMemory.most(limits);
        return List.of(
                Route.guarded("GET", ALL + "/?", new ListActivations(gate, activations, most)),
                Route.guarded("GET", ONE, new GetActivation(gate, activations, most, ActivationJson::write)),
                Route.guarded("GET", ONE + "/logs", new GetActivation(gate, activations, most, ActivationJson::logs)),
                Route.guarded(
                        "GET",
                        ONE + "/result",
                        new GetActivation(
                                gate, activations, most, (out, each) -> ActivationJson.result(out, each.response()))));
    }
}
