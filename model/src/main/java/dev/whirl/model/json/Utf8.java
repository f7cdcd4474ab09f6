package dev.whirl.model.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Whether bytes are UTF-8 (RFC 3629). Jackson passes over the bytes of strings that it skips without looking closely.
final class Utf8 {
    private static final int CHUNK = 4096;

    private Utf8() {}

    /// @throws MalformedJsonException naming the place of the first byte that is not part of a character
    static void requireValid(byte[] bytes) throws MalformedJsonException {
        int first = firstNonAscii(bytes);
        if (first == bytes.length) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, first, bytes.length - first);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        if (result.isError()) {
            throw new MalformedJsonException("The content is not valid UTF-8, at byte " + in.position());
        }
    }

    private static int firstNonAscii(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                return i;
            }
        }
        return bytes.length;
    }
}
