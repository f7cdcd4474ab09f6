package dev.whirl.server.gateway;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.document.Target;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.model.identity.Identity;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls controllers and other servers over HTTP.
public final class OverHttp implements Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(OverHttp.class);
    private static final int MAX_ANSWER = 50 * 1024 * 1024;
    private static final int COPIES = 2;
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final List<String> SET_HERE = List.of("content-type", "date", "x-request-id", "server");

    private final HttpCalls calls;
    private final List<String> controllers;
    private final long maxBody;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param controllers addresses that take turns; none if there are no web actions elsewhere
    /// @param maxBody of a request
    public OverHttp(HttpCalls calls, List<String> controllers, long maxBody) {
        this.calls = calls;
        this.controllers = List.copyOf(controllers);
        this.maxBody = maxBody;
    }

    @Override
    public Answer forward(ApiRequest request, Forward forward, byte @Nullable [] body, @Nullable Identity caller) {
        byte[] bytes = body == null ? request.bytes(maxBody, COPIES) : body;
        String query = forward.query().isEmpty() ? "" : "?" + forward.query();
        var headers = new LinkedHashMap<>(forward.headers());
        headers.put("x-request-id", request.transaction().value()); // one transaction through the whole platform
        String origin = origin(forward.target());
        try {
            return answer(calls.call(forward.method(), origin + forward.path() + query, headers, bytes, MAX_ANSWER));
        } catch (IllegalArgumentException e) { // characters that a path may have here, and an address not
            return Answer.error(400, "The path is malformed.", request.transaction());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("transaction", request.transaction())
                    .addKeyValue("target", origin)
                    .addKeyValue("reason", e.getMessage())
                    .log("the target of an API can't be called");
            return Answer.error(502, "The target of this API does not answer.", request.transaction());
        }
    }

    private String origin(Target target) {
        return switch (target) {
            case Target.Remote remote -> remote.origin();
            case Target.WebAction _ -> controllers.get(Math.floorMod(turn.getAndIncrement(), controllers.size()));
        };
    }

    private static Answer answer(HttpCalls.TargetReply reply) {
        List<Answer.Field> fields = reply.fields().stream()
                .filter(each -> !SET_HERE.contains(each.name()))
                .map(each -> new Answer.Field(each.name(), each.value()))
                .toList();
        return reply.fields().stream()
                .filter(each -> each.name().equals("content-type"))
                .findFirst()
                .map(HttpCalls.Field::value)
                .or(() -> reply.body().length == 0 ? Optional.empty() : Optional.of(UNKNOWN_TYPE))
                .map(type -> Answer.bytes(reply.status(), type, reply.body()))
                .orElseGet(() -> Answer.empty(reply.status()))
                .withFields(fields);
    }
}
