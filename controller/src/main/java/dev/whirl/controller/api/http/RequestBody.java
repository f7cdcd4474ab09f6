package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of one request, read when a handler asks for it: never more than allowed, in bounded time and
/// memory. A body that ends too early ends the connection, before anything was done. Used by one thread.
final class RequestBody implements AutoCloseable {
    private static final byte[] EMPTY = {};
    private static final Duration LINGER_TIME = Duration.ofSeconds(2);
    private static final long LINGER_BYTES = 4L * 1024 * 1024;

    private final ServerRequest request;
    private final HttpConfig config;
    private final BodyBudget budget;
    private final Deadlines deadlines;
    private final List<Long> reservations = new ArrayList<>(0);
    private @Nullable InputStream stream;
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
        return isBroken || (isUnread() && (isChunked() || isWithheld()));
    }

    /// @param field what is too large, in the sentence
    /// @param copies how many times the handler holds the bytes in memory
    /// @throws ApiException 413 if there are more bytes, 503 if there is no memory for them
    byte[] read(String field, long maxBytes, int copies) {
        if (isEmpty()) {
            return EMPTY;
        }
        if (declared() > maxBytes) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, declared(), maxBytes));
        }
        // a chunk is in memory as a whole before its size is seen here
        long most = isChunked() ? config.maxContent().bytes() + maxBytes : declared();
        take(most);
        try {
            byte[] bytes = deadlines.within(
                    config.bodyTime(), () -> isChunked() ? readChunked(field, maxBytes) : readDeclared());
            close();
            take((long) copies * bytes.length);
            return bytes;
        } catch (RequestException e) {
            isBroken = true;
            throw refused(field, e);
        } catch (ApiException e) {
            isBroken = isUnread();
            throw e;
        }
    }

    /// After the answer: takes what nobody asked for, so that the connection can go on, or so that the answer
    /// is not lost when it closes with bytes still coming.
    void drain() {
        if (!isUnread() || isWithheld()) {
            return;
        }
        if (!spoilsConnection()) {
            deadlines.within(config.bodyTime(), () -> discard(Long.MAX_VALUE));
            return;
        }
        try {
            deadlines.within(LINGER_TIME, () -> discard(LINGER_BYTES));
        } catch (CloseConnectionException | RequestException e) {
            isBroken = true; // it closes anyway
        }
    }

    /// Reserves memory until the request is over.
    ///
    /// @throws ApiException 503 if there is not enough
    void take(long bytes) {
        if (bytes > BodyBudget.FREE_OF_CHARGE) {
            budget.take(bytes);
            reservations.add(bytes);
        }
    }

    /// Gives all memory back.
    @Override
    public void close() {
        reservations.forEach(budget::give);
        reservations.clear();
    }

    private byte[] readDeclared() throws IOException {
        int length = (int) declared();
        var bytes = new byte[length];
        int read = stream().readNBytes(bytes, 0, length);
        boolean isWhole = read == length && stream().read() < 0; // seeing its end lets the connection go on
        if (!isWhole) {
            throw new IOException("%d of %d bytes".formatted(read, length));
        }
        return bytes;
    }

    private byte[] readChunked(String field, long maxBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (int read = stream().read(buffer); read >= 0; read = stream().read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > maxBytes) {
                throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, bytes.size(), maxBytes));
            }
        }
        return bytes.toByteArray();
    }

    private long discard(long maxBytes) throws IOException {
        var buffer = new byte[2048];
        long discarded = 0;
        while (discarded < maxBytes) {
            int read = stream().read(buffer);
            if (read < 0) {
                break;
            }
            discarded += read;
        }
        return discarded;
    }

    private static ApiException refused(String field, RequestException e) {
        return e.status().code() == ErrorCode.TOO_LARGE.status()
                ? new ApiException(ErrorCode.TOO_LARGE)
                : new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(field + ": " + e.getMessage()));
    }

    private InputStream stream() {
        InputStream known = stream;
        if (known == null) {
            known = request.content().inputStream();
            stream = known;
        }
        return known;
    }

    private boolean isUnread() {
        return !isEmpty() && !request.content().consumed();
    }

    /// Whether the client waits to be asked for the body, and was not.
    private boolean isWithheld() {
        return stream == null && request.headers().contains(HeaderNames.EXPECT);
    }

    private boolean isChunked() {
        return request.headers().contains(HeaderNames.TRANSFER_ENCODING);
    }

    private long declared() {
        return request.headers().contentLength().orElse(0);
    }
}
