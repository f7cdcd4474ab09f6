package dev.whirl.server.gateway;

import dev.whirl.controller.access.OperatorLogin;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.manage.Management;
import dev.whirl.gateway.manage.ManagementReply;
import dev.whirl.gateway.manage.ManagementRequest;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// `/v1/…` and `/v2/…` (rows G-2, G-3), for operators.
public final class ManagementEndpoint implements Endpoint.Open {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
    private static final int COPIES = 4;

    private final Management management;
    private final OperatorLogin login;
    private final long maxBody;

    private ManagementEndpoint(Management management, OperatorLogin login, long maxBody) {
        this.management = management;
        this.login = login;
        this.maxBody = maxBody;
    }

    public static List<Route> routes(Management management, OperatorLogin login, long maxBody) {
        var endpoint = new ManagementEndpoint(management, login, maxBody);
        return Stream.of("/v1/**", "/v2/**")
                .flatMap(path -> METHODS.stream().map(each -> Route.open(each, path, endpoint)))
                .toList();
    }

    @Override
    public Answer answer(ApiRequest request) {
        login.require(request.authorization());
        ManagementReply reply = management.answer(new ManagementRequest(
                request.method(),
                request.path().segments(),
                request.query().values(),
                new String(request.bytes(maxBody, COPIES), StandardCharsets.UTF_8)));
        RawJson body = reply.body();
        return body == null ? Answer.empty(reply.status()) : Answer.json(reply.status(), body);
    }
}
