package dev.whirl.gateway.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path that means the same to everybody who reads it.
///
/// @param segments decoded
/// @param raw the same as they were sent
public record SafePath(List<String> segments, List<String> raw) {
    private static final int LONGEST = 4096;
    private static final int MOST_SEGMENTS = 64;

    public SafePath {
        segments = List.copyOf(segments);
        raw = List.copyOf(raw);
    }

    /// Reads a path as it was sent; a slash at its end makes no difference.
    ///
    /// @return empty for `..` and `.`, empty parts, slashes and control characters in escapes, broken escapes, and
    ///     what is too long
    public static Optional<SafePath> parse(String text) {
        if (text.isEmpty() || text.charAt(0) != '/' || text.length() > LONGEST || text.contains("//")) {
            return Optional.empty();
        }
        String bare = text.substring(1, text.length() - (text.length() > 1 && text.endsWith("/") ? 1 : 0));
        List<String> raw = bare.isEmpty() ? List.of() : List.of(bare.split("/", -1));
        if (raw.size() > MOST_SEGMENTS) {
            return Optional.empty();
        }
        var segments = new ArrayList<String>(raw.size());
        for (String each : raw) {
            Optional<String> segment = decoded(each).filter(SafePath::isSafe);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(new SafePath(segments, raw));
    }

    private static boolean isSafe(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
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
