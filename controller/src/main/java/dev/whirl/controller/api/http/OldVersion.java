package dev.whirl.controller.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets HTTP/1.0 in, which the server itself refuses and which proxies speak when nobody tells them otherwise: the
/// first request of a connection is turned into one of HTTP/1.1 that closes the connection, so there is no second.
final class OldVersion {
    /// Tells the front door: such a client can't take an answer in chunks. Its own header of that name would only
    /// harm itself.
    static final String MARK = "X-Whirl-Http-Version";

    private static final byte[] OLD = ascii(" HTTP/1.0\r");
    private static final byte[] NEW = ascii(" HTTP/1.1\r\n" + MARK + ": 1.0\r\nConnection: close\r\n");

    private OldVersion() {}

    /// @param first what came first on the connection
    /// @param more what comes next, null at the end
    static byte[] translated(byte[] first, int maxFirstLine, Supplier<byte @Nullable []> more) {
        byte[] bytes = first;
        int end = newline(bytes, 0);
        while (end < 0 && bytes.length < maxFirstLine) {
            byte[] next = more.get();
            if (next == null) {
                return bytes;
            }
            int from = bytes.length;
            bytes = joined(bytes, from, next, 0);
            end = newline(bytes, from);
        }
        int start = end - OLD.length;
        boolean isOld = start > 0 && Arrays.equals(bytes, start, end, OLD, 0, OLD.length);
        return isOld ? joined(joined(bytes, start, NEW, 0), start + NEW.length, bytes, end + 1) : bytes;
    }

    private static int newline(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] head, int length, byte[] tail, int from) {
        byte[] all = Arrays.copyOf(head, length + tail.length - from);
        System.arraycopy(tail, from, all, length, tail.length - from);
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
