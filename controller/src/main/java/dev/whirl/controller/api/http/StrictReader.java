package dev.whirl.controller.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads requests as the server does, but keeps to the grammar where the server does not (RFC 9112, 3 and 7.1):
///
/// - The server skips what stands behind a chunk's data without a look, so that it and a proxy before it could
///   disagree on where a request ends (attack 40). Here it must be the end of a line.
/// - It takes no extensions of chunks and no trailers. Here they are read and ignored, as they may be.
/// - It makes capital letters of methods, and fails with an error of its own where a method is none.
///
/// Used by one thread.
final class StrictReader extends DataReader {
    private static final int LINE_END = 2;

    /// Characters of a token but small letters: methods are told apart by case, and there is none in small letters.
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Z-]+");

    private static final Pattern CHUNK =
            Pattern.compile("(0*)([0-9a-fA-F]{0,15})([ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Pattern TRAILER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7e\\x80-\\xff]*");

    private final int maxTrailers;
    private boolean isAtFirstLine = true;
    private boolean isAfterData;
    private boolean isAfterLastChunk;

    /// There is no other way to be a reader. The compiler tells when the library takes it away.
    ///
    /// @param maxTrailers bytes of all trailers together, and of the line before a chunk
    @SuppressWarnings("removal")
    StrictReader(Supplier<byte[]> source, int maxTrailers) {
        super(source);
        this.maxTrailers = maxTrailers;
    }

    /// The end of the headers: what is read as plain bytes next is the first line of another request.
    @Override
    public boolean startsWithNewLine() {
        isAtFirstLine = super.startsWithNewLine();
        return isAtFirstLine;
    }

    @Override
    public byte[] readBytes(int length) {
        byte[] bytes = super.readBytes(length);
        if (isAtFirstLine) {
            isAtFirstLine = false;
            requireMethod(bytes);
        }
        return bytes;
    }

    private static void requireMethod(byte[] firstLine) {
        String line = new String(firstLine, StandardCharsets.ISO_8859_1);
        int space = line.indexOf(' ');
        if (space < 0 || !METHOD.matcher(line.substring(0, space)).matches()) {
            throw broken("the method is none");
        }
    }

    @Override
    public BufferData readBuffer(int length) {
        isAfterData = false; // the data is skipped too, once it is read
        BufferData data = super.readBuffer(length);
        isAfterData = true;
        return data;
    }

    @Override
    public void skip(int length) {
        boolean isEndOfChunk = isAfterData && length == LINE_END;
        isAfterData = false;
        if (!isEndOfChunk) {
            super.skip(length);
        } else if (read() != '\r' || read() != '\n') {
            throw broken("a chunk goes on beyond its length");
        }
    }

    /// The server reads nothing else so but the line before each chunk, and what ends the last one.
    @Override
    public String readLine() {
        if (isAfterLastChunk) {
            isAfterLastChunk = false;
            skipTrailers();
            return "";
        }
        var chunk = CHUNK.matcher(line(maxTrailers));
        if (!chunk.matches() || chunk.end(2) == 0) {
            throw broken("the length of a chunk is no hexadecimal number");
        }
        String digits = chunk.group(2);
        isAfterLastChunk = digits.isEmpty();
        if (isAfterLastChunk) {
            return "0";
        }
        if (Long.parseLong(digits, 16) > Integer.MAX_VALUE) { // the server would fail with an error of its own
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .message("a chunk is larger than any request may be")
                    .build();
        }
        return digits;
    }

    private void skipTrailers() {
        int room = maxTrailers;
        String line = line(room);
        while (!line.isEmpty()) {
            if (!TRAILER.matcher(line).matches()) {
                throw broken("a trailer is no header");
            }
            room -= line.length() + LINE_END;
            line = line(room);
        }
    }

    private String line(int max) {
        int length;
        try {
            length = findNewLine(Math.max(max, 1));
        } catch (IncorrectNewLineException e) {
            throw broken("a line has no proper end");
        }
        if (length >= max) {
            throw broken("a line between chunks is too long");
        }
        String line = readAsciiString(length);
        super.skip(LINE_END);
        return line;
    }

    private static RequestException broken(String what) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .message(what)
                .build();
    }
}
