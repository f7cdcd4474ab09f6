package dev.whirl.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// Reads the responses of one HTTP/1.1 connection, one after another. Understands a body with Content-Length and a
/// chunked one; a body that ends with the connection is refused, because nothing could follow it.
final class ResponseReader {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long MAX_BODY_BYTES = 64L * 1024 * 1024;
    private static final int MAX_HEADERS = 200;

    private final ReadableByteChannel channel;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(buffer);
    private int position;
    private int limit;
    private int lineStart;
    private boolean isLast;

    ResponseReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// Reads one response to its end and returns its status; the body goes to `kept` if there is one.
    int read(@Nullable ByteArrayOutputStream kept) throws IOException {
        int status = statusLine();
        long length = headers();
        if (status == 204 || status == 304) {
            return status;
        }
        if (length == HeaderLine.CHUNKED) {
            chunks(kept);
        } else if (length >= 0) {
            body(length, kept);
        } else {
            throw new ProtocolException("a response without length");
        }
        return status;
    }

    /// Whether the server said that it closes the connection after the last response.
    boolean isLast() {
        return isLast;
    }

    private int statusLine() throws IOException {
        int end = line();
        boolean isHttp = end - lineStart >= 12 && buffer[lineStart] == 'H' && buffer[lineStart + 8] == ' ';
        if (!isHttp) {
            throw new ProtocolException("not an HTTP/1.1 status line");
        }
        return HeaderLine.decimal(buffer, lineStart + 9, lineStart + 12);
    }

    private long headers() throws IOException {
        long length = HeaderLine.NONE;
        for (int count = 0; count < MAX_HEADERS; count++) {
            int end = line();
            if (end == lineStart) {
                return length;
            }
            isLast |= HeaderLine.isClose(buffer, lineStart, end);
            long found = HeaderLine.bodyLength(buffer, lineStart, end);
            length = found == HeaderLine.NONE ? length : found;
        }
        throw new ProtocolException("too many headers");
    }

    private void chunks(@Nullable ByteArrayOutputStream kept) throws IOException {
        int end = line();
        long size = HeaderLine.hexadecimal(buffer, lineStart, end);
        while (size > 0) {
            body(size, kept);
            requireEmpty(line());
            end = line();
            size = HeaderLine.hexadecimal(buffer, lineStart, end);
        }
        while (line() != lineStart) {
            // a trailer
        }
    }

    private void requireEmpty(int end) throws ProtocolException {
        if (end != lineStart) {
            throw new ProtocolException("a chunk that is longer than it said");
        }
    }

    private void body(long length, @Nullable ByteArrayOutputStream kept) throws IOException {
        if (length > MAX_BODY_BYTES) {
            throw new ProtocolException("a body of " + length + " bytes");
        }
        long left = length;
        while (left > 0) {
            if (position == limit) {
                fill();
            }
            int part = (int) Math.min(left, limit - position);
            if (kept != null) {
                kept.write(buffer, position, part);
            }
            position += part;
            left -= part;
        }
    }

    /// Reads a line: it begins at `lineStart` and ends before the returned index, without its line break. Both are
    /// valid until more is read.
    private int line() throws IOException {
        int scanned = 0;
        while (true) {
            while (position + scanned < limit) {
                if (buffer[position + scanned] == '\n') {
                    return lineOf(scanned);
                }
                scanned++;
            }
            fill();
        }
    }

    private int lineOf(int length) {
        lineStart = position;
        position += length + 1;
        int end = lineStart + length;
        return end > lineStart && buffer[end - 1] == '\r' ? end - 1 : end;
    }

    /// Reads more bytes behind `limit`; what lies before `position` is given up when room is short.
    private void fill() throws IOException {
        if (position == limit || limit == BUFFER_BYTES) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == BUFFER_BYTES) {
            throw new ProtocolException("a header line longer than " + BUFFER_BYTES + " bytes");
        }
        view.clear().position(limit);
        int count = channel.read(view);
        if (count < 0) {
            throw new EOFException("the connection was closed");
        }
        limit += count;
    }
}
