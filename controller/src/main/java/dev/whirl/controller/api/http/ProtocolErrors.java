package dev.whirl.controller.api.http;

import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/// Answers to what never became a request: a broken first line, contradicting lengths, a body that is too
/// large. In the error envelope like everything else (row R-6).
final class ProtocolErrors implements DirectHandler {
    private final HttpConfig config;

    private ProtocolErrors(HttpConfig config) {
        this.config = config;
    }

    static DirectHandlers handlers(HttpConfig config) {
        var handler = new ProtocolErrors(config);
        var handlers = DirectHandlers.builder();
        for (EventType each : EventType.values()) {
            handlers.addHandler(each, handler);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            String message) {
        TransactionId transaction = Transactions.of(request.headers());
        return TransportResponse.builder()
                .status(defaultStatus)
                .header(HeaderNames.CONTENT_TYPE, Answer.JSON)
                .header(Transactions.HEADER, transaction.value())
                .keepAlive(false)
                .entity(ErrorEnvelope.json(sentence(defaultStatus.code(), request.headers()), transaction)
                        .toBytes())
                .build();
    }

    /// The server's own messages quote what the client sent: they are not passed on.
    private String sentence(int status, ServerRequestHeaders headers) {
        return switch (status) {
            case 400 ->
                headers.contains(HeaderNames.CONTENT_ENCODING)
                        ? Messages.CONTENT_ENCODING_UNKNOWN
                        : Messages.REQUEST_BROKEN;
            case 413 -> tooLarge(headers);
            case 414 -> ErrorCode.URI_TOO_LONG.sentence();
            case 501 -> Messages.TRANSFER_ENCODING_UNKNOWN;
            case 503 -> ErrorCode.OVERLOADED.sentence();
            case 505 -> Messages.HTTP_VERSION_UNKNOWN;
            default -> status < 500 ? Messages.REQUEST_BROKEN : ErrorCode.INTERNAL.sentence();
        };
    }

    private String tooLarge(ServerRequestHeaders headers) {
        long max = config.maxContent().bytes();
        long declared = headers.contains(HeaderNames.CONTENT_LENGTH)
                ? headers.contentLength().orElse(0)
                : 0;
        return declared > max ? Messages.tooLarge("Request", declared, max) : ErrorCode.TOO_LARGE.sentence();
    }
}
