package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.store.StoreException;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/// Sends answers, with the headers that all of them carry.
final class Sender {
    private static final HeaderName ACTIVATION = HeaderNames.create("x-openwhisk-activation-id");
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, Answer.JSON);
    private static final Header CHALLENGE =
            HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"OpenWhisk secure realm\"");
    private static final Header RETRY_SOON = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "2");
    private static final Header ANY_ORIGIN = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    private static final Header ALLOWED_HEADERS = HeaderValues.createCached(
            HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent");
    private static final Header METHODS_OF_API =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, DELETE, POST, PUT, HEAD");
    private static final Header METHODS_OF_OPERATORS =
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "OPTIONS, GET, POST");

    private final HttpConfig config;
    private final Deadlines deadlines;

    Sender(HttpConfig config, Deadlines deadlines) {
        this.config = config;
        this.deadlines = deadlines;
    }

    /// @param callers which web pages may call the route
    /// @param closes whether the connection is of no more use
    void send(ServerResponse out, Answer answer, TransactionId transaction, CrossOrigin callers, boolean closes) {
        Status status = Status.create(answer.status());
        out.status(status);
        addHeaders(out, answer, transaction);
        switch (callers) {
            case NONE -> {}
            case API -> out.header(ANY_ORIGIN).header(ALLOWED_HEADERS).header(METHODS_OF_API);
            case OPERATORS -> out.header(ANY_ORIGIN).header(ALLOWED_HEADERS).header(METHODS_OF_OPERATORS);
        }
        if (closes) {
            out.header(HeaderValues.CONNECTION_CLOSE);
        }
        deadlines.within(config.sendTime(), () -> {
            sendContent(out, answer.content());
            return true;
        });
    }

    private static void addHeaders(ServerResponse out, Answer answer, TransactionId transaction) {
        String type = answer.contentType();
        if (Answer.JSON.equals(type)) {
            out.header(JSON);
        } else if (type != null) {
            out.header(HeaderNames.CONTENT_TYPE, type);
        }
        answer.fields().forEach(each -> out.headers().add(HeaderNames.create(each.name()), each.value()));
        out.header(Transactions.HEADER, transaction.value());
        ActivationId activation = answer.activation();
        if (activation != null) {
            out.header(ACTIVATION, activation.value());
        }
        if (answer.status() == Status.SERVICE_UNAVAILABLE_503.code()) {
            out.headers().setIfAbsent(RETRY_SOON);
        }
        if (answer.status() == Status.UNAUTHORIZED_401.code()) {
            out.headers().setIfAbsent(CHALLENGE);
        }
    }

    private static void sendContent(ServerResponse out, Answer.Content content) throws IOException {
        switch (content) {
            case Answer.Content.Bytes held -> out.send(held.bytes());
            case Answer.Content.Pieces(long size, Answer.Source source) -> {
                if (size >= 0) {
                    out.contentLength(size);
                }
                OutputStream stream = out.outputStream();
                sendPieces(source, stream);
                stream.close(); // only now: closing it tells the client that it has everything
            }
        }
    }

    private static void sendPieces(Answer.Source source, OutputStream stream) throws IOException {
        try {
            source.writeTo(stream);
        } catch (ApiException | StoreException e) {
            throw new IOException("the rest of an answer can't be had", e);
        }
    }
}
