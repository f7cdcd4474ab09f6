package dev.whirl.server.gateway;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.document.Target;
import dev.whirl.gateway.http.CallException;
import dev.whirl.gateway.http.CallException.Reason;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.gateway.http.HttpCalls.TargetReply;
import dev.whirl.model.TransactionId;
import dev.whirl.model.identity.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls controllers and other servers over HTTP. They have connections apart: other servers, which may be slow, can't
/// keep web actions waiting. Memory for answers is that of the request's answer; one that can never fit into it is too
/// long, whoever else calls.
public final class OverHttp implements Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(OverHttp.class);
    private static final int MAX_ANSWER = 50 * 1024 * 1024;
    private static final int COPIES = 2;
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final List<String> SET_HERE = List.of("content-type", "date", "x-request-id", "server");

    private final HttpCalls toControllers;
    private final HttpCalls toOthers;
    private final Turns controllers;
    private final long maxBody;

    /// @param controllers addresses that take turns; one that can't be reached is passed over; none if there are no web
    /// actions elsewhere
    /// @param maxBody of a request
    public OverHttp(HttpCalls toControllers, HttpCalls toOthers, List<String> controllers, long maxBody) {
        this.toControllers = toControllers;
        this.toOthers = toOthers;
        this.controllers = new Turns(controllers, System::nanoTime);
        this.maxBody = maxBody;
    }

    /// @throws dev.whirl.model.ApiException 413 or 503 if there is no memory for body or answer
    @Override
    public Answer forward(ApiRequest request, Forward forward, byte @Nullable [] body, @Nullable Identity caller) {
        byte[] bytes = body == null ? request.bytes(maxBody, COPIES) : body;
        String query = forward.query().isEmpty() ? "" : "?" + forward.query();
        var headers = new LinkedHashMap<>(forward.headers());
        headers.put("x-request-id", request.transaction().value()); // one transaction through the whole platform
        int most = (int) Math.min(MAX_ANSWER, request.mostMemory());
        var reason = Reason.AWAY;
        for (String origin : origins(forward.target())) {
            try {
                TargetReply reply = calls(forward.target())
                        .call(
                                forward.method(),
                                origin + forward.path() + query,
                                headers,
                                bytes,
                                most,
                                request::reserveInAll);
                controllers.reached(origin);
                return answer(reply);
            } catch (CallException e) {
                tell(request.transaction(), origin, e);
                if (!e.isUnsent()) {
                    return failed(e.reason(), most, request.transaction());
                }
                if (e.reason() == Reason.BUSY) { // it is there, and may have room for this call in a moment
                    reason = Reason.BUSY;
                } else {
                    controllers.unreached(origin);
                }
            }
        }
        return failed(reason, most, request.transaction());
    }

    private static void tell(TransactionId transaction, String origin, CallException problem) {
        if (problem.reason() == Reason.NO_ADDRESS) {
            return; // nothing is wrong with it
        }
        LOG.atWarn()
                .addKeyValue("transaction", transaction)
                .addKeyValue("target", origin)
                .addKeyValue("reason", problem.getMessage())
                .log("the target of an API can't be called");
    }

    private static Answer failed(Reason reason, int most, TransactionId transaction) {
        return switch (reason) {
            case AWAY -> Answer.error(502, "The target of this API does not answer.", transaction);
            case TOO_LONG ->
                Answer.error(
                        502, "The target of this API answers with more than %d MB.".formatted(most >> 20), transaction);
            case TOO_SLOW -> Answer.error(504, "The target of this API did not answer in time.", transaction);
            case BUSY ->
                Answer.error(503, "Too many calls of this API's target are under way; try again later.", transaction);
            case NO_ADDRESS -> // characters that a path may have here, and an address not
                Answer.error(400, "The path is malformed.", transaction);
        };
    }

    private HttpCalls calls(Target target) {
        return switch (target) {
            case Target.Remote _ -> toOthers;
            case Target.WebAction _ -> toControllers;
        };
    }

    /// Where the target is: those that are tried one after the other, as long as nothing could be sent.
    private List<String> origins(Target target) {
        return switch (target) {
            case Target.Remote remote -> List.of(remote.origin());
            case Target.WebAction _ -> controllers.next();
        };
    }

    private static Answer answer(TargetReply reply) {
        List<Answer.Field> fields = reply.fields().stream()
                .filter(each -> !SET_HERE.contains(each.name()))
                .map(each -> new Answer.Field(each.name(), each.value()))
                .toList();
        if (reply.sizeBytes() == 0) {
            return typed(reply)
                    .map(type -> Answer.bytes(reply.status(), type, new byte[0]))
                    .orElseGet(() -> Answer.empty(reply.status()))
                    .withFields(fields);
        }
        return new Answer(
                reply.status(),
                typed(reply).orElse(UNKNOWN_TYPE),
                new Answer.Content.Pieces(reply.sizeBytes(), reply::writeTo),
                fields,
                null);
    }

    private static Optional<String> typed(TargetReply reply) {
        return reply.fields().stream()
                .filter(each -> each.name().equals("content-type"))
                .findFirst()
                .map(HttpCalls.Field::value);
    }
}
