package dev.whirl.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;

/// Reads answers from one connection, one after the other. Not for use by several threads at a time.
///
/// Whoever answers may send as fast as this reads, and then the thread that reads has no reason to let go of its
/// processor. So not only what is kept is bounded, but all that is read: heads, provisional answers, and what frames
/// chunks.
public final class ResponseReader {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int SWITCHED = 101;
    private static final int MOST_PROVISIONAL = 10;

    /// Room for the sizes and ends of some hundred thousand chunks of one answer.
    private static final int MAX_FRAMING_BYTES = 4 << 20;

    /// The ends of a chunk's two lines.
    private static final int CHUNK_ENDS_BYTES = 4;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;

    public ResponseReader(InputStream in) {
        this.in = in;
    }

    /// What there is of a body.
    ///
    /// @param bytes its beginning, or all of it
    /// @param fullSizeBytes how long it is, as far as that is known
    /// @param isAtEnd whether everything was read, so that the connection can be used again
    @SuppressWarnings("ArrayRecordComponent") // passed through once, on the path of every invocation
    public record Body(byte[] bytes, long fullSizeBytes, boolean isAtEnd) {}

    /// The connection ended before an answer had begun.
    public static final class NoAnswerException extends IOException {
        NoAnswerException() {
            super("the connection was closed without an answer");
        }
    }

    /// @throws NoAnswerException if not one byte came
    public ResponseHead readHead() throws IOException {
        if (at == end && !fill()) {
            throw new NoAnswerException();
        }
        for (int i = 0; i <= MOST_PROVISIONAL; i++) {
            ResponseHead head = readOneHead();
            if (!isProvisional(head.status())) {
                return head;
            }
        }
        throw new IOException("more than %d provisional answers came before one".formatted(MOST_PROVISIONAL));
    }

    private static boolean isProvisional(int status) {
        return status >= 100 && status < 200 && status != SWITCHED;
    }

    /// Reads the body of that answer.
    ///
    /// @param keptBytes so much is kept
    /// @param readBytes after so much the rest is left where it is
    public Body readBody(ResponseHead head, int keptBytes, long readBytes) throws IOException {
        return switch (head.ending()) {
            case ResponseHead.Ending.Length(var length) -> ofLength(length, keptBytes, readBytes);
            case ResponseHead.Ending.Chunked _ -> chunked(keptBytes, readBytes);
            case ResponseHead.Ending.Connection _ -> untilEnd(keptBytes, readBytes);
        };
    }

    /// Reads what comes next of a stream into that array: how much, or -1 at the end.
    public int readRaw(byte[] into, int from, int length) throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, into, from, count);
        at += count;
        return count;
    }

    /// The next line, without its end.
    public String readLine() throws IOException {
        var line = new StringBuilder();
        while (true) {
            if (at == end && !fill()) {
                throw new EOFException("the connection ended within a line");
            }
            byte next = buffer[at++];
            if (next == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            if (line.length() == MAX_LINE_BYTES) {
                throw new IOException("the answer has a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line.append((char) (next & 0xFF));
        }
    }

    private ResponseHead readOneHead() throws IOException {
        String first = readLine();
        if (!first.startsWith("HTTP/1.") || first.length() < 12) {
            throw new IOException("the answer is not HTTP: it begins with '%s'".formatted(beginning(first)));
        }
        int status = status(first);
        var headers = new HashMap<String, String>();
        int lines = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            if (++lines > MAX_HEADERS) {
                throw new IOException("the answer has more than " + MAX_HEADERS + " headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new ResponseHead(status, first.startsWith("HTTP/1.0"), headers);
    }

    private static int status(String first) throws IOException {
        String text = first.substring(9, 12);
        if (!text.matches("[1-5][0-9][0-9]")) {
            throw new IOException("the answer has no status: it begins with '%s'".formatted(beginning(first)));
        }
        return Integer.parseInt(text);
    }

    private static String beginning(String line) {
        return line.substring(0, Math.min(40, line.length())).replaceAll("[^ -~]", "?");
    }

    private Body ofLength(long length, int keptBytes, long readBytes) throws IOException {
        if (length <= keptBytes) {
            return new Body(exactly((int) length), length, true);
        }
        byte[] kept = exactly(keptBytes);
        boolean isWorthReading = length <= readBytes;
        if (isWorthReading) {
            skip(length - keptBytes);
        }
        return new Body(kept, length, isWorthReading);
    }

    /// Memory is taken as bytes come: what is announced may never come.
    private byte[] exactly(int length) throws IOException {
        if (length <= BUFFER_BYTES) {
            byte[] bytes = new byte[length];
            int count = 0;
            while (count < length) {
                count += some(bytes, count, length - count);
            }
            return bytes;
        }
        var bytes = new ByteArrayOutputStream(BUFFER_BYTES);
        copy(bytes, length);
        return bytes.toByteArray();
    }

    private Body chunked(int keptBytes, long readBytes) throws IOException {
        var kept = new ByteArrayOutputStream();
        long total = 0;
        long framing = 0;
        while (true) {
            String announced = readLine();
            framing += announced.length() + CHUNK_ENDS_BYTES;
            if (framing > MAX_FRAMING_BYTES) {
                throw new IOException("the answer has more frames than content");
            }
            long size = chunkSize(announced);
            if (size == 0) {
                skipTrailers();
                return new Body(kept.toByteArray(), total, true);
            }
            long wanted = Math.min(size, keptBytes - kept.size());
            copy(kept, wanted);
            total += size;
            if (total > readBytes) {
                return new Body(kept.toByteArray(), total, false);
            }
            skip(size - wanted);
            if (!readLine().isEmpty()) {
                throw new IOException("the answer has a chunk that is longer than it says");
            }
        }
    }

    private static long chunkSize(String line) throws IOException {
        String digits = line.split("[; ]", 2)[0];
        if (!digits.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("the answer has a chunk without a size");
        }
        return Long.parseLong(digits, 16);
    }

    private void skipTrailers() throws IOException {
        int lines = 0;
        while (!readLine().isEmpty()) {
            if (++lines > MAX_HEADERS) {
                throw new IOException("the answer does not end");
            }
        }
    }

    private Body untilEnd(int keptBytes, long readBytes) throws IOException {
        var kept = new ByteArrayOutputStream();
        long total = 0;
        while (total <= readBytes && (at < end || fill())) {
            int count = end - at;
            kept.write(buffer, at, Math.min(count, keptBytes - kept.size()));
            total += count;
            at = end;
        }
        return new Body(kept.toByteArray(), total, false);
    }

    private void copy(ByteArrayOutputStream to, long length) throws IOException {
        long left = length;
        while (left > 0) {
            int count = available(left);
            to.write(buffer, at, count);
            at += count;
            left -= count;
        }
    }

    private void skip(long length) throws IOException {
        long left = length;
        while (left > 0) {
            int count = available(left);
            at += count;
            left -= count;
        }
    }

    private int some(byte[] into, int from, int length) throws IOException {
        int count = available(length);
        System.arraycopy(buffer, at, into, from, count);
        at += count;
        return count;
    }

    private int available(long wanted) throws IOException {
        if (at == end && !fill()) {
            throw new EOFException("the connection ended within the answer");
        }
        return (int) Math.min(wanted, end - at);
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    /// The text of a head, for requests.
    public static byte[] head(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
