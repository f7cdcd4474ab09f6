package dev.whirl.gateway.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a path between two slashes, that means the same to everybody who reads it (attack 33).
public final class Segment {
    /// Escapes of escapes of escapes.
    private static final int MOST_LAYERS = 4;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    private Segment() {}

    /// @param raw as it is sent
    /// @return decoded; empty if it is no segment to somebody who reads it
    public static Optional<String> read(String raw) {
        return decoded(raw).filter(Segment::isPlain);
    }

    /// There are programs that decode twice, and programs that take what follows a semicolon for a remark (RFC 3986,
    /// 3.3): to them, too, it must be a segment and no way out.
    private static boolean isPlain(String segment) {
        String text = segment;
        for (int i = 0; i < MOST_LAYERS; i++) {
            if (!isName(text)) {
                return false;
            }
            String inner = decodedAgain(text);
            if (inner.equals(text)) {
                return true;
            }
            text = inner;
        }
        return false;
    }

    /// As by somebody who is not strict: what is broken stays, and each escape is a character.
    private static String decodedAgain(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(each -> Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(each.group().substring(1), 16))));
    }

    private static boolean isName(String segment) {
        int semicolon = segment.indexOf(';');
        String name = semicolon < 0 ? segment : segment.substring(0, semicolon);
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && segment.chars().noneMatch(c -> c < ' ' || c == 127 || c == '/' || c == '\\');
    }

    private static Optional<String> decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return Optional.of(segment);
        }
        var bytes = ByteBuffer.allocate(3 * segment.length());
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            if (c == '%') {
                int high = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 1), 16) : -1;
                int low = at + 2 < segment.length() ? Character.digit(segment.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (16 * high + low));
                at += 3;
            } else {
                bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                at++;
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
