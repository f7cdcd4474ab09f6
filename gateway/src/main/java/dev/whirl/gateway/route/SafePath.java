package dev.whirl.gateway.route;

import dev.whirl.gateway.document.Segment;
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
    /// @return empty for `..` and `.`, empty parts, slashes and control characters in escapes, all of them also in
    ///     escapes of escapes and before a semicolon, broken escapes, and what is too long
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
            Optional<String> segment = Segment.read(each);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
        }
        return Optional.of(new SafePath(segments, raw));
    }
}
