package dev.whirl.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.ProtocolException;

/// Reads the few header lines that matter straight from the bytes of a buffer, without making text of them.
final class HeaderLine {
    /// The line says nothing about the length of the body.
    static final long NONE = -1;

    /// The body comes in chunks.
    static final long CHUNKED = -2;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(ISO_8859_1);
    private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(ISO_8859_1);
    private static final byte[] CONNECTION = "connection:".getBytes(ISO_8859_1);
    private static final byte[] IS_CHUNKED = "chunked".getBytes(ISO_8859_1);
    private static final byte[] IS_CLOSE = "close".getBytes(ISO_8859_1);
    private static final int MAX_DIGITS = 15;

    private HeaderLine() {}

    /// The length of the body in bytes, [#CHUNKED], or [#NONE] if the line is about something else.
    static long bodyLength(byte[] line, int start, int end) throws ProtocolException {
        if (startsWith(line, start, end, CONTENT_LENGTH)) {
            return number(line, skipSpaces(line, start + CONTENT_LENGTH.length, end), end, 10);
        }
        return hasValue(line, start, end, TRANSFER_ENCODING, IS_CHUNKED) ? CHUNKED : NONE;
    }

    static boolean isClose(byte[] line, int start, int end) {
        return hasValue(line, start, end, CONNECTION, IS_CLOSE);
    }

    static int decimal(byte[] line, int start, int end) throws ProtocolException {
        return (int) number(line, start, end, 10);
    }

    /// The size of a chunk; an extension behind `;` is left out.
    static long hexadecimal(byte[] line, int start, int end) throws ProtocolException {
        int last = start;
        while (last < end && line[last] != ';' && line[last] != ' ') {
            last++;
        }
        return number(line, start, last, 16);
    }

    private static long number(byte[] line, int start, int end, int radix) throws ProtocolException {
        int last = end;
        while (last > start && line[last - 1] == ' ') {
            last--;
        }
        if (last == start || last - start > MAX_DIGITS) {
            throw new ProtocolException("a length without digits, or with too many");
        }
        long value = 0;
        for (int i = start; i < last; i++) {
            int digit = Character.digit(line[i], radix);
            if (digit < 0) {
                throw new ProtocolException("a length that is not a number");
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static boolean hasValue(byte[] line, int start, int end, byte[] name, byte[] value) {
        return startsWith(line, start, end, name)
                && startsWith(line, skipSpaces(line, start + name.length, end), end, value);
    }

    private static int skipSpaces(byte[] line, int start, int end) {
        int at = start;
        while (at < end && line[at] == ' ') {
            at++;
        }
        return at;
    }

    /// Compares without case; `prefix` is in lower case.
    private static boolean startsWith(byte[] line, int start, int end, byte[] prefix) {
        if (end - start < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            byte b = line[start + i];
            int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (lower != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
