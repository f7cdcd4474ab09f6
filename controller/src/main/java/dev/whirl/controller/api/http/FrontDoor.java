package dev.whirl.controller.api.http;

import dev.whirl.bus.BusException;
import dev.whirl.controller.access.Recognizer;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request goes through here, from top to bottom on its own thread: route, credentials, handler, answer.
final class FrontDoor implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final String UNROUTED = "none";
    private static final HeaderName OLD_CLIENT = HeaderNames.create(OldVersion.MARK);

    /// Largest answer of unknown length to a client of HTTP/1.0.
    private static final long WHOLE_BYTES = 4L * 1024 * 1024;

    /// What a request came to, and by which route.
    private record Answered(String route, Answer answer) {}

    private final Router router;
    private final Recognizer recognizer;
    private final RequestBody.Transport transport;
    private final MemoryBudget answers;
    private final Drain drain;
    private final RequestLog log;
    private final Sender sender;

    FrontDoor(Router router, Recognizer recognizer, RequestBody.Transport transport, Drain drain, RequestLog log) {
        this.router = router;
        this.recognizer = recognizer;
        this.transport = transport;
        this.drain = drain;
        this.log = log;
        HttpConfig config = transport.config();
        this.answers = new MemoryBudget(
                config.readMemory().bytes(),
                config.maxContent().bytes(),
                config.bodyTime().dividedBy(6));
        this.sender = new Sender(config, transport.deadlines());
    }

    @Override
    public void handle(ServerRequest in, ServerResponse out) {
        long start = System.nanoTime();
        TransactionId transaction = Transactions.of(in.headers());
        RequestTarget target = RequestTarget.of(in.prologue().uriPath().rawPath(), host(in));
        var stranger = new Claimant.Stranger(address(in));
        drain.enter();
        try (var body = new RequestBody(in, transaction, transport, stranger);
                MemoryBudget.Share memory = answers.share(stranger)) {
            Answered answered = answer(in, target, transaction, body, memory);
            if (answered.answer().status() == ErrorCode.UNAUTHENTICATED.status()
                    || answered.answer().status() == ErrorCode.TOO_MANY_REQUESTS.status()) {
                body.isFromStranger();
            }
            boolean closes = body.spoilsConnection() || drain.isLeaving() || wantsToClose(in);
            boolean isHead = in.prologue().method().text().equals("HEAD");
            Answer answer = isHead ? answered.answer().withoutContent() : fitting(in, answered, memory, transaction);
            sender.send(out, answer, transaction, router.callers(target.path(), target.host()), closes);
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

    /// Clients of HTTP/1.0 can't take chunks: for them, what has no length is put together before.
    private static Answer fitting(
            ServerRequest in, Answered answered, MemoryBudget.Share memory, TransactionId transaction) {
        boolean isOld = in.headers().contains(OLD_CLIENT);
        if (!isOld
                || !(answered.answer().content() instanceof Answer.Content.Pieces(long size, var source))
                || size >= 0) {
            return answered.answer();
        }
        try {
            memory.atMost(memory.held() + 2 * WHOLE_BYTES);
            var whole = new WholeAnswer((int) WHOLE_BYTES);
            source.writeTo(whole);
            return Answer.bytes(answered.answer().status(), Answer.JSON, whole.bytes());
        } catch (ApiException e) {
            return ErrorEnvelope.answer(e.code().status(), e.sentence(), transaction);
        } catch (IOException | UncheckedIOException e) {
            return ErrorEnvelope.answer(505, Messages.HTTP_VERSION_TOO_OLD, transaction);
        }
    }

    private Answered answer(
            ServerRequest in,
            RequestTarget target,
            TransactionId transaction,
            RequestBody body,
            MemoryBudget.Share memory) {
        String route = UNROUTED;
        try {
            HttpPrologue prologue = in.prologue();
            String method = prologue.method().text();
            RequestPath path = router.path(target.path(), target.host());
            if (drain.isStopping()) {
                throw new ApiException(ErrorCode.OVERLOADED, Messages.STOPPING);
            }
            Router.Match match = router.find(method, path);
            route = match instanceof Router.Match.Found(Route found) ? found.toString() : UNROUTED;
            Query query = Query.parse(prologue.query().rawValue());
            var request = new ApiRequest(method, path, query, transaction, in.headers(), body, memory);
            return new Answered(route, answer(request, match, address(in)));
        } catch (ApiException e) {
            return new Answered(route, ErrorEnvelope.answer(e.code().status(), e.sentence(), transaction));
        } catch (CloseConnectionException | UncheckedIOException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answered(route, unavailable(Messages.STOPPING, transaction));
        } catch (StoreException e) {
            return new Answered(route, failure(e, transaction));
        } catch (BusException e) {
            LOG.atWarn().addKeyValue("transaction", transaction).setCause(e).log("the bus did not take a message");
            return new Answered(route, unavailable(Messages.BUS_UNAVAILABLE, transaction));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("transaction", transaction).setCause(e).log("a request failed");
            return new Answered(route, failure(ErrorCode.INTERNAL, transaction));
        }
    }

    private Answer answer(ApiRequest request, Router.Match match, InetAddress from) throws InterruptedException {
        boolean isManagement = request.path().isManagement();
        boolean isForOperators = CrossOrigin.of(request.path().raw()) == CrossOrigin.OPERATORS;
        if ((isManagement || isForOperators) && request.method().equals("OPTIONS")) {
            return Answer.json(200, RawJson.EMPTY_OBJECT);
        }
        if (match instanceof Router.Match.Found(Route route)) {
            return switch (route.endpoint()) {
                case Endpoint.Open open -> open.answer(request);
                case Endpoint.Recognizing recognizing ->
                    recognizing.answer(
                            request,
                            route.pattern(),
                            recognizer
                                    .recognize(request.authorization(), from)
                                    .map(caller -> known(request, caller))
                                    .orElse(null));
                case Endpoint.Guarded guarded -> {
                    Identity caller = known(request, recognizer.authenticate(request.authorization(), from));
                    yield guarded.answer(new Call(request, caller, route.pattern()));
                }
            };
        }
        if (isManagement) {
            recognizer.authenticate(request.authorization(), from); // strangers do not learn which routes there are
        }
        throw switch (match) {
            case Router.Match.WrongMethod(var allowed) ->
                new ApiException(ErrorCode.METHOD_NOT_ALLOWED, Messages.methodNotAllowed(allowed));
            case Router.Match.Nothing _, Router.Match.Found _ ->
                new ApiException(ErrorCode.NOT_FOUND, Messages.ROUTE_NOT_FOUND);
        };
    }

    private static Identity known(ApiRequest request, Identity caller) {
        request.belongsTo(new Claimant.Known(caller.namespace().name()));
        return caller;
    }

    private static @Nullable String host(ServerRequest in) {
        return in.headers().contains(HeaderNames.HOST)
                ? in.headers().get(HeaderNames.HOST).get()
                : null;
    }

    private static InetAddress address(ServerRequest in) {
        return in.remotePeer().address() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    /// The store itself says what is wrong with it, now and then; one document is told here.
    private static Answer failure(StoreException fault, TransactionId transaction) {
        return switch (fault) {
            case StoreException.Corrupted corrupted -> {
                LOG.atWarn()
                        .addKeyValue("transaction", transaction)
                        .addKeyValue("document", corrupted.document())
                        .addKeyValue("reason", corrupted.getMessage())
                        .log("a document can't be read");
                yield ErrorEnvelope.answer(ErrorCode.INTERNAL.status(), Messages.CORRUPTED, transaction);
            }
            case StoreException.Unavailable _ -> unavailable(Messages.STORE_UNAVAILABLE, transaction);
        };
    }

    private static Answer failure(ErrorCode code, TransactionId transaction) {
        return ErrorEnvelope.answer(code.status(), code.sentence(), transaction);
    }

    private static Answer unavailable(String sentence, TransactionId transaction) {
        return ErrorEnvelope.answer(ErrorCode.OVERLOADED.status(), sentence, transaction);
    }

    private static boolean wantsToClose(ServerRequest in) {
        return in.headers().contains(HeaderNames.CONNECTION)
                && in.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }
}
