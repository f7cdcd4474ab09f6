package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// The body of one request, read when a handler asks for it: never more than allowed, in bounded time and
/// memory. A body that ends too early ends the connection, before anything was done. Used by one thread.
final class RequestBody implements AutoCloseable {
    private static final byte[] EMPTY = {};

    private final ServerRequest request;
    private final HttpConfig config;
    private final BodyBudget budget;
    private final Deadlines deadlines;
    private long taken;
    private boolean isBroken;

    RequestBody(ServerRequest request, HttpConfig config, BodyBudget budget, Deadlines deadlines) {
        this.request = request;
        this.config = config;
        this.budget = budget;
        this.deadlines = deadlines;
    }

    boolean isEmpty() {
        return !isChunked() && declared() == 0;
    }

    /// Whether the connection can't be used for another request: the body was not read to its end, and to drain
    /// it would cost too much or wait for a client that does not send it.
    boolean spoilsConnection() {
        boolean isUnread = !isEmpty() && !request.content().consumed();
        return isBroken
                || (isUnread
                        && (isChunked()
                                || declared() > config.maxContent().bytes()
                                || request.headers().contains(HeaderNames.EXPECT)));
    }

    /// @param field what is too large, in the sentence
    /// @param copies how many times the handler holds the bytes in memory
    /// @throws ApiException 413 if there are more bytes, 503 if there is no memory for them
    byte[] read(String field, long maxBytes, int copies) {
        if (isEmpty()) {
            return EMPTY;
        }
        long declared = isChunked() ? Math.min(maxBytes, config.maxContent().bytes()) : declared();
        if (declared > maxBytes) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, declared, maxBytes));
        }
        // one chunk may be as large as the server takes at all, and is in memory before its size is seen here
        take(isChunked() ? copies * maxBytes + config.maxContent().bytes() : copies * declared);
        try {
            return deadlines.within(
                    config.bodyTime(), () -> isChunked() ? readChunked(field, maxBytes) : readDeclared((int) declared));
        } catch (RequestException e) {
            isBroken = true;
            throw refused(field, e);
        } catch (ApiException e) {
            isBroken = true;
            throw e;
        }
    }

    /// Reads what nobody asked for, so that the connection can go on.
    void drain() {
        if (!isEmpty() && !spoilsConnection()) {
            deadlines.within(config.bodyTime(), () -> {
                request.content().consume();
                return true;
            });
        }
    }

    /// Reserves memory until the request is over.
    ///
    /// @throws ApiException 503 if there is not enough
    void take(long bytes) {
        if (bytes > BodyBudget.FREE_OF_CHARGE) {
            budget.take(bytes);
            taken += bytes;
        }
    }

    @Override
    public void close() {
        budget.give(taken);
        taken = 0;
    }

    private byte[] readDeclared(int length) throws IOException {
        InputStream in = request.content().inputStream();
        var bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new IOException("%d of %d bytes".formatted(read, length));
        }
        request.content().consume(); // seeing its end lets the connection go on
        return bytes;
    }

    private byte[] readChunked(String field, long maxBytes) throws IOException {
        InputStream in = request.content().inputStream();
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > maxBytes) {
                throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, bytes.size(), maxBytes));
            }
        }
        return bytes.toByteArray();
    }

    private static ApiException refused(String field, RequestException e) {
        return e.status().code() == ErrorCode.TOO_LARGE.status()
                ? new ApiException(ErrorCode.TOO_LARGE)
                : new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(field + ": " + e.getMessage()));
    }

    private boolean isChunked() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    private long declared() {
        return request.headers().contentLength().orElse(0);
    }
}
