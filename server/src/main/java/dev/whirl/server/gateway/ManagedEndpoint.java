package dev.whirl.server.gateway;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.controller.api.http.PathPattern;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.Decision;
import dev.whirl.gateway.Gateway;
import dev.whirl.gateway.GatewayRequest;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `ANY /api/{tenant}/…` (row G-1): asks the gateway what to do, and does it.
public final class ManagedEndpoint implements Endpoint.Recognizing {
    /// The rest of `/api/v1` belongs to the API, which says itself what is wrong there.
    private static final String PATTERN = "/api/{tenant!v1}/**";

    /// Other versions of the API are nobody's.
    private static final Pattern VERSION = Pattern.compile("v[0-9]+");

    private static final List<String> METHODS = List.of("GET", "DELETE", "POST", "PUT", "HEAD", "OPTIONS", "PATCH");

    /// A body that mappings read is held beside what is made of it.
    private static final int COPIES = 4;

    private final Gateway gateway;
    private final Forwarding forwarding;
    private final long maxBody;

    private ManagedEndpoint(Gateway gateway, Forwarding forwarding, long maxBody) {
        this.gateway = gateway;
        this.forwarding = forwarding;
        this.maxBody = maxBody;
    }

    /// @param maxBody of a request whose body a mapping reads
    public static List<Route> routes(Gateway gateway, Forwarding forwarding, long maxBody) {
        var endpoint = new ManagedEndpoint(gateway, forwarding, maxBody);
        return METHODS.stream()
                .map(each -> Route.recognizing(each, PATTERN, endpoint))
                .toList();
    }

    @Override
    public Answer answer(ApiRequest request, PathPattern route, @Nullable Identity caller) throws InterruptedException {
        if (VERSION.matcher(request.path().segments().get(1)).matches()) {
            throw new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND);
        }
        var body = new BodyOnce(request);
        var asked = new GatewayRequest(
                request.method(), request.path().rest(1), request.query().raw(), request.headers(), body);
        return switch (gateway.decide(asked)) {
            case Decision.Reply reply ->
                Answer.json(reply.status(), reply.body()).withFields(fields(reply.fields()));
            case Decision.Call(Decision.Forward forward, var cors) -> {
                request.isForApiOf(
                        request.path().segments().get(1), forward.target().answerer());
                yield withCors(forwarding.forward(request, forward, body.read(forward.body()), caller), cors);
            }
        };
    }

    /// Reads the body at most once: it is a stream.
    private final class BodyOnce implements GatewayRequest.Body {
        private final ApiRequest request;
        private byte @Nullable [] bytes;

        BodyOnce(ApiRequest request) {
            this.request = request;
        }

        @Override
        public byte[] bytes() {
            byte[] known = bytes;
            if (known == null) {
                known = request.bytes(maxBody, COPIES);
                bytes = known;
            }
            return known;
        }

        /// What goes on in place of the stream: what was made of it, or what was read; null if it was not touched.
        byte @Nullable [] read(@Nullable RawJson changed) {
            return changed == null ? bytes : changed.toBytes();
        }
    }

    /// The API's headers in place of the function's: two of a kind are an error to browsers.
    private static Answer withCors(Answer answer, Map<String, String> cors) {
        if (cors.isEmpty()) {
            return answer;
        }
        List<Answer.Field> own = answer.fields().stream()
                .filter(each -> !each.name().toLowerCase(Locale.ROOT).startsWith("access-control-"))
                .toList();
        return new Answer(
                answer.status(),
                answer.contentType(),
                answer.content(),
                Stream.concat(own.stream(), fields(cors).stream()).toList(),
                answer.activation());
    }

    private static List<Answer.Field> fields(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(each -> new Answer.Field(each.getKey(), each.getValue()))
                .toList();
    }
}
