package dev.whirl.server.gateway;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/api/v1/web/whisk.system/apimgmt/{createApi|getApi|deleteApi}.http` (row G-6), before any actions of that name.
public final class ApiActions implements Endpoint.Recognizing {
    private static final String PREFIX = "/api/v1/web/whisk.system/apimgmt/";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final int COPIES = 4;

    private final Function<ApiCall, ManagementReply> action;
    private final long maxBody;

    private ApiActions(Function<ApiCall, ManagementReply> action, long maxBody) {
        this.action = action;
        this.maxBody = maxBody;
    }

    public static List<Route> routes(ApiManagement management, long maxBody) {
        var actions = new LinkedHashMap<String, Function<ApiCall, ManagementReply>>();
        actions.put("createApi", management::createApi);
        actions.put("getApi", management::getApi);
        actions.put("deleteApi", management::deleteApi);
        var routes = new ArrayList<Route>();
        actions.forEach((name, action) -> {
            var endpoint = new ApiActions(action, maxBody);
            METHODS.forEach(each -> routes.add(Route.recognizing(each, PREFIX + name + ".http", endpoint)));
        });
        return routes;
    }

    @Override
    public Answer answer(ApiRequest request, PathPattern route, @Nullable Identity identity) {
        var parameters = new LinkedHashMap<String, RawJson>();
        request.query().values().forEach((name, value) -> parameters.put(name, RawJson.string(value)));
        parameters.putAll(request.object(maxBody, COPIES).fields());
        Caller caller = identity == null
                ? null
                : new Caller(identity.key().uuid(), identity.namespace().name().value());
        ManagementReply reply = action.apply(new ApiCall(caller, parameters));
        RawJson body = reply.body();
        return body == null ? Answer.empty(reply.status()) : Answer.json(reply.status(), body);
    }
}
