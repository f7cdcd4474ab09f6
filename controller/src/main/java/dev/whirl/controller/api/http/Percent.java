package dev.whirl.controller.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Decodes `%xx` in parts of an address, as UTF-8.
final class Percent {
    private Percent() {}

    /// @param plusIsSpace as in queries
    /// @throws dev.whirl.model.ApiException 400 for control characters, broken escapes and bytes that are not
    ///     UTF-8
    static String decode(String text, int from, int to, boolean plusIsSpace) {
        boolean isPlain = true;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127) {
                throw RequestPath.malformed();
            }
            isPlain &= c != '%' && (c != '+' || !plusIsSpace);
        }
        return isPlain ? text.substring(from, to) : decodeEscapes(text, from, to, plusIsSpace);
    }

    private static String decodeEscapes(String text, int from, int to, boolean plusIsSpace) {
        var bytes = ByteBuffer.allocate(to - from);
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c == '%') {
                bytes.put(escaped(text, at, to));
                at += 3;
            } else {
                bytes.put((byte) (c == '+' && plusIsSpace ? ' ' : c));
                at++;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw RequestPath.malformed();
        }
    }

    private static byte escaped(String text, int at, int to) {
        int high = at + 2 < to ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < to ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw RequestPath.malformed();
        }
        return (byte) (high * 16 + low);
    }
}
