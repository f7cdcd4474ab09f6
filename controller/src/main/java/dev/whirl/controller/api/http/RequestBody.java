package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of one request, read when a handler asks for it: never more than allowed, in bounded time and
/// memory. A body that ends too early is refused, and one that does not come in time is answered 408, before anything
/// was done; then the connection ends. Used by one thread.
final class RequestBody implements AutoCloseable {
    private static final byte[] EMPTY = {};
    private static final int PIECE = 64 * 1024;
    private static final Duration LINGER_TIME = Duration.ofSeconds(2);
    private static final long LINGER_BYTES = 4L * 1024 * 1024;

    private final ServerRequest request;
    private final TransactionId transaction;
    private final Transport transport;
    private final MemoryBudget.Share share;
    private @Nullable InputStream stream;
    private boolean isBroken;

    /// What all bodies have in common.
    ///
    /// @param bodies memory for bodies, and what is made of them
    record Transport(HttpConfig config, MemoryBudget bodies, Deadlines deadlines, Arrivals arrivals) {}

    RequestBody(ServerRequest request, TransactionId transaction, Transport transport, Claimant claimant) {
        this.request = request;
        this.transaction = transaction;
        this.transport = transport;
        this.share = transport.bodies().share(claimant);
    }

    /// Whose memory it takes, once that is known.
    void belongsTo(Claimant claimant) {
        share.belongsTo(claimant);
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
    /// @throws ApiException 400 if there are fewer bytes than was said, 413 if there are more than allowed, 503 if
    ///     there is no memory for them
    byte[] read(String field, long maxBytes, int copies) {
        if (isEmpty()) {
            return EMPTY;
        }
        if (declared() > maxBytes) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, declared(), maxBytes));
        }
        try {
            byte[] bytes = readWhole(field, maxBytes);
            share.exactly((long) copies * bytes.length);
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
    /// is not lost when it closes with bytes still coming: then only a little, in little time.
    void drain() {
        if (!isUnread() || isWithheld()) {
            return;
        }
        if (!spoilsConnection()) {
            transport.deadlines().within(transport.config().bodyTime(), () -> discard(Long.MAX_VALUE));
            return;
        }
        var came = new Count(LINGER_BYTES);
        transport.arrivals().listen(came::add);
        try {
            transport.deadlines().within(lingerTime(), () -> discard(LINGER_BYTES));
        } catch (CloseConnectionException | RequestException | ApiException e) {
            isBroken = true; // it closes anyway
        } finally {
            transport.arrivals().ignore();
        }
    }

    /// The sender is nobody that is known: much is not taken from it (attack 26).
    void isFromStranger() {
        isBroken |= isUnread() && declared() > LINGER_BYTES;
    }

    /// Gives all memory back.
    @Override
    public void close() {
        share.close();
    }

    /// Memory is taken in steps as bytes arrive: twice of what came, for the pieces and the whole, or for a chunk
    /// and the pieces.
    private byte[] readWhole(String field, long maxBytes) {
        var came = new Count(Long.MAX_VALUE);
        long most = 2 * (isChunked() ? transport.config().maxContent().bytes() : declared());
        Arrivals.Reading reading = transport.arrivals().listen(bytes -> {
            came.add(bytes);
            share.atLeast(Math.min(most, stepFor(came.total)));
        });
        try {
            return transport
                    .deadlines()
                    .within(time(), () -> TooSlow.answer(reading, transaction), () -> readToItsEnd(field, maxBytes));
        } finally {
            transport.arrivals().ignore();
        }
    }

    /// Strangers may be slow for a shorter time: what they hold others of them wait for.
    private Duration time() {
        Duration bodyTime = transport.config().bodyTime();
        return switch (share.claimant()) {
            case Claimant.Known _, Claimant.Api _ -> bodyTime;
            case Claimant.Stranger _ -> bodyTime.dividedBy(3);
        };
    }

    /// Twice the next power of two.
    private static long stepFor(long bytes) {
        return bytes > MemoryBudget.FREE_OF_CHARGE ? 4 * Long.highestOneBit(bytes - 1) : 0;
    }

    /// Bytes from the socket, up to a bound.
    private static final class Count {
        private final long max;
        private long total;

        Count(long max) {
            this.max = max;
        }

        void add(int bytes) {
            total += bytes;
            if (total > max) {
                throw new CloseConnectionException("more than is taken from a refused client");
            }
        }
    }

    private Duration lingerTime() {
        Duration bodyTime = transport.config().bodyTime();
        return bodyTime.compareTo(LINGER_TIME) < 0 ? bodyTime : LINGER_TIME;
    }

    /// The reader finds the end of the connection where more was promised.
    private byte[] readToItsEnd(String field, long maxBytes) throws IOException {
        try {
            return isChunked() ? readPieces(Integer.MAX_VALUE, field, maxBytes) : readDeclared(field);
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw endsTooEarly(field);
        }
    }

    private byte[] readDeclared(String field) throws IOException {
        long length = declared();
        byte[] bytes = readPieces((int) length + 1, "", Long.MAX_VALUE);
        if (bytes.length != length) {
            throw endsTooEarly(field);
        }
        return bytes;
    }

    private static ApiException endsTooEarly(String field) {
        return new ApiException(
                ErrorCode.BAD_REQUEST, Messages.contentMalformed(field + ": " + Messages.BODY_ENDS_TOO_EARLY));
    }

    private byte[] readPieces(int expected, String field, long maxBytes) throws IOException {
        var pieces = new ArrayList<byte[]>();
        int total = 0;
        byte[] piece = stream().readNBytes(Math.min(PIECE, expected));
        while (piece.length > 0) {
            pieces.add(piece);
            total += piece.length;
            if (total > maxBytes) {
                throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge(field, total, maxBytes));
            }
            piece = stream().readNBytes(Math.min(PIECE, expected - total));
        }
        return pieces.size() == 1 ? pieces.getFirst() : joined(pieces, total);
    }

    private static byte[] joined(List<byte[]> pieces, int length) {
        var whole = new byte[length];
        int at = 0;
        for (byte[] each : pieces) {
            System.arraycopy(each, 0, whole, at, each.length);
            at += each.length;
        }
        return whole;
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
