package dev.whirl.client.http;

import dev.whirl.client.AnswerTooLargeException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.IntConsumer;

/// Reads one HTTP/1.1 answer from a stream. Everything it reads is bounded.
final class ReplyReader {
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_INTERIM = 100;

    /// While it is put together, a body takes its size twice or three times.
    private static final long MAX_BODY_BYTES =
            Math.min(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4);

    private final InputStream in;
    private final long maxBodyBytes;

    ReplyReader(InputStream in) {
        this(in, MAX_BODY_BYTES);
    }

    ReplyReader(InputStream in, long maxBodyBytes) {
        this.in = in;
        this.maxBodyBytes = maxBodyBytes;
    }

    /// The final answer; interim ones (1xx) are passed over.
    ///
    /// @param heads is told the status of each, before the body is read
    HttpReply read(boolean isHead, IntConsumer heads) throws IOException {
        for (int i = 0; i <= MAX_INTERIM; i++) {
            Optional<HttpReply> reply = readUnlessInterim(isHead, heads);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        throw new IOException("the server announces an answer again and again");
    }

    /// The next answer; empty for an interim one.
    ///
    /// @param heads as of [#read]
    Optional<HttpReply> readUnlessInterim(boolean isHead, IntConsumer heads) throws IOException {
        int status = status(line());
        SequencedMap<String, String> headers = headers();
        heads.accept(status);
        if (isInterim(status)) {
            return Optional.empty();
        }
        boolean hasBody = !isHead && status != 204 && status != 304;
        return Optional.of(new HttpReply(status, headers, hasBody ? body(headers) : new byte[0]));
    }

    /// Whether another answer follows, to the same request (RFC 9110, 15.2).
    static boolean isInterim(int status) {
        return status >= 100 && status < 200;
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new IOException("the answer is not HTTP/1.1: " + line.substring(0, Math.min(80, line.length())));
        }
        return (int) number(parts[1], 10, 999);
    }

    private SequencedMap<String, String> headers() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        int lines = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines++;
            int colon = line.indexOf(':');
            if (colon <= 0 || lines > MAX_HEADERS) {
                throw new IOException("the answer has malformed headers");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(SequencedMap<String, String> headers) throws IOException {
        String coding = headers.get("transfer-encoding");
        if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        if (length != null) {
            return exactly(size(length, 10));
        }
        byte[] rest = in.readNBytes((int) maxBodyBytes);
        if (in.read() >= 0) {
            throw tooLarge();
        }
        return rest;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            if (body.size() + size > maxBodyBytes) {
                throw tooLarge();
            }
            body.write(exactly(size));
            line();
        }
        headers(); // trailers, which tell nothing that is needed here
        return body.toByteArray();
    }

    private long chunkSize() throws IOException {
        return size(line().split(";", 2)[0].strip(), 16);
    }

    private long size(String digits, int radix) throws IOException {
        long size = number(digits, radix, Long.MAX_VALUE);
        if (size > maxBodyBytes) {
            throw tooLarge();
        }
        return size;
    }

    private IOException tooLarge() {
        return new AnswerTooLargeException(maxBodyBytes);
    }

    private byte[] exactly(long size) throws IOException {
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            throw new EOFException("the connection was closed in the middle of the answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(80);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed before the answer");
            }
            if (line.size() >= MAX_LINE_BYTES) {
                throw new IOException("the answer has a header line that is too long");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static long number(String digits, int radix, long max) throws IOException {
        try {
            long value = Long.parseLong(digits, radix);
            if (value < 0 || value > max) {
                throw new IOException("the answer has a number out of range: " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IOException("the answer has a malformed number: " + digits, e);
        }
    }
}
