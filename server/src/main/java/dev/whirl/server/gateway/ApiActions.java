package dev.whirl.server.gateway;

import dev.whirl.controller.access.Admission;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.PathPattern;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.manage.ApiCall;
import dev.whirl.gateway.manage.ApiManagement;
import dev.whirl.gateway.manage.Caller;
import dev.whirl.gateway.manage.ManagementReply;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/api/v1/web/whisk.system/apimgmt/{createApi|getApi|deleteApi}.http` (row G-6), before any actions of that name.
/// Calls count as invocations, as they are in OpenWhisk; but as the caller's, so that none uses up what all have.
public final class ApiActions implements Endpoint.Recognizing {
    private static final String PREFIX = "/api/v1/web/whisk.system/apimgmt/";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final int COPIES = 4;

    private final Function<ApiCall, ManagementReply> action;
    private final Function<Identity, Admission> gate;
    private final long maxBody;

    private ApiActions(Function<ApiCall, ManagementReply> action, Function<Identity, Admission> gate, long maxBody) {
        this.action = action;
        this.gate = gate;
        this.maxBody = maxBody;
    }

    /// @param gate counts calls and lets them in
    /// @param maxBody of a call
    public static List<Route> routes(ApiManagement management, Function<Identity, Admission> gate, long maxBody) {
        var actions = new LinkedHashMap<String, Function<ApiCall, ManagementReply>>();
        actions.put("createApi", management::createApi);
        actions.put("getApi", management::getApi);
        actions.put("deleteApi", management::deleteApi);
        var routes = new ArrayList<Route>();
        actions.forEach((name, action) -> {
            var endpoint = new ApiActions(action, gate, maxBody);
            METHODS.forEach(each -> routes.add(Route.recognizing(each, PREFIX + name + ".http", endpoint)));
        });
        return routes;
    }

    /// Strangers are refused whatever they say.
    @Override
    public Answer answer(ApiRequest request, PathPattern route, @Nullable Identity identity) {
        if (identity == null) {
            return told(action.apply(new ApiCall(null, Map.of(), _ -> {})));
        }
        try (Admission _ = gate.apply(identity)) {
            var parameters = new LinkedHashMap<String, RawJson>();
            request.query().values().forEach((name, value) -> parameters.put(name, RawJson.string(value)));
            parameters.putAll(request.object(maxBody, COPIES).fields());
            var caller = new Caller(
                    identity.key().uuid(), identity.namespace().name().value());
            return told(action.apply(new ApiCall(caller, parameters, request::reserveMemory)));
        }
    }

    private static Answer told(ManagementReply reply) {
        RawJson body = reply.body();
        return body == null ? Answer.empty(reply.status()) : Answer.json(reply.status(), body);
    }
}
