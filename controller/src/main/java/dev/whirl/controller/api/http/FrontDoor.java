package dev.whirl.controller.api.http;

import dev.whirl.bus.BusException;
import dev.whirl.controller.access.Authenticator;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import dev.whirl.model.json.RawJson;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request goes through here, from top to bottom on its own thread: route, credentials, handler, answer.
final class FrontDoor implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final String UNROUTED = "none";

    /// What a request came to, and by which route.
    private record Answered(String route, Answer answer) {}

    private final HttpConfig config;
    private final Router router;
    private final Authenticator authenticator;
    private final BodyBudget budget;
    private final Deadlines deadlines;
    private final Drain drain;
    private final RequestLog log;
    private final Sender sender;

    FrontDoor(
            HttpConfig config,
            Router router,
            Authenticator authenticator,
            Deadlines deadlines,
            Drain drain,
            RequestLog log) {
        this.config = config;
        this.router = router;
        this.authenticator = authenticator;
        this.deadlines = deadlines;
        this.drain = drain;
        this.log = log;
        this.budget =
                new BodyBudget(config.bodyMemory().bytes(), config.bodyTime().dividedBy(6));
        this.sender = new Sender(config, deadlines);
    }

    @Override
    public void handle(ServerRequest in, ServerResponse out) {
        long start = System.nanoTime();
        TransactionId transaction = Transactions.of(in.headers());
        String rawPath = in.prologue().uriPath().rawPath();
        drain.enter();
        try (var body = new RequestBody(in, config, budget, deadlines)) {
            Answered answered = answer(in, rawPath, transaction, body);
            boolean closes = body.spoilsConnection() || drain.isStopping() || wantsToClose(in);
            boolean isHead = in.prologue().method().text().equals("HEAD");
            Answer answer = isHead ? answered.answer().withoutContent() : answered.answer();
            sender.send(out, answer, transaction, isManagement(rawPath), closes);
            long nanos = System.nanoTime() - start;
            log.note(answered.route(), answered.answer().status(), nanos, transaction);
            body.drain();
            if (closes) {
                throw new CloseConnectionException("answered"); // the server does not close by itself
            }
        } finally {
            drain.leave();
        }
    }

    private Answered answer(ServerRequest in, String rawPath, TransactionId transaction, RequestBody body) {
        String route = UNROUTED;
        try {
            HttpPrologue prologue = in.prologue();
            String method = prologue.method().text();
            RequestPath path = RequestPath.parse(rawPath);
            if (drain.isStopping()) {
                throw new ApiException(ErrorCode.OVERLOADED);
            }
            Router.Match match = router.find(method, path);
            route = match instanceof Router.Match.Found(Route found) ? found.toString() : UNROUTED;
            Query query = Query.parse(prologue.query().rawValue());
            var request = new ApiRequest(method, path, query, transaction, in.headers(), body);
            return new Answered(route, answer(request, match));
        } catch (ApiException e) {
            return new Answered(route, ErrorEnvelope.answer(e.code().status(), e.sentence(), transaction));
        } catch (CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answered(route, failure(ErrorCode.OVERLOADED, transaction));
        } catch (BusException e) {
            LOG.atWarn().addKeyValue("transaction", transaction).setCause(e).log("the bus did not take a message");
            return new Answered(route, failure(ErrorCode.OVERLOADED, transaction));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("transaction", transaction).setCause(e).log("a request failed");
            return new Answered(route, failure(ErrorCode.INTERNAL, transaction));
        }
    }

    private Answer answer(ApiRequest request, Router.Match match) throws InterruptedException {
        boolean isManagement = request.path().startsWith("api", "v1");
        if (isManagement && request.method().equals("OPTIONS")) {
            return Answer.json(200, RawJson.EMPTY_OBJECT);
        }
        if (match instanceof Router.Match.Found(Route route)) {
            return switch (route.endpoint()) {
                case Endpoint.Open open -> open.answer(request);
                case Endpoint.Guarded guarded ->
                    guarded.answer(
                            new Call(request, authenticator.authenticate(request.authorization()), route.pattern()));
            };
        }
        if (isManagement) {
            authenticator.authenticate(request.authorization()); // strangers do not learn which routes there are
        }
        throw switch (match) {
            case Router.Match.WrongMethod(var allowed) ->
                new ApiException(ErrorCode.METHOD_NOT_ALLOWED, Messages.methodNotAllowed(allowed));
            case Router.Match.Nothing _, Router.Match.Found _ ->
                new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND);
        };
    }

    private static Answer failure(ErrorCode code, TransactionId transaction) {
        return ErrorEnvelope.answer(code.status(), code.sentence(), transaction);
    }

    private static boolean wantsToClose(ServerRequest in) {
        return in.headers().contains(HeaderNames.CONNECTION)
                && in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static boolean isManagement(String rawPath) {
        return rawPath.startsWith("/api/v1");
    }
}
