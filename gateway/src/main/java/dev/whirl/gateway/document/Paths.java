package dev.whirl.gateway.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Paths as documents write them.
final class Paths {
    private static final int MOST_SEGMENTS = 32;
    private static final int LONGEST = 1024;
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@ -]+|\\{[^{}/]+}");

    private Paths() {}

    /// Without a slash at the end; `/` is empty.
    static String base(String text) throws InvalidApiException {
        if (!text.startsWith("/")) {
            throw new InvalidApiException("basePath '%s' must begin with '/'".formatted(text));
        }
        List<String> segments = segments(text);
        if (segments.stream().anyMatch(each -> each.startsWith("{"))) {
            throw new InvalidApiException("basePath '%s' can't have parameters".formatted(text));
        }
        return segments.isEmpty() ? "" : "/" + String.join("/", segments);
    }

    /// A slash at the end makes no difference.
    static List<String> segments(String text) throws InvalidApiException {
        if (!text.startsWith("/") || text.length() > LONGEST) {
            throw new InvalidApiException(
                    "path '%.80s' must begin with '/' and have at most %d characters".formatted(text, LONGEST));
        }
        var segments = new ArrayList<String>();
        var names = new HashSet<String>();
        String bare = text.endsWith("/") ? text.substring(1, Math.max(1, text.length() - 1)) : text.substring(1);
        for (String each : bare.isEmpty() ? new String[0] : bare.split("/", -1)) {
            boolean isDots = each.equals(".") || each.equals("..");
            if (isDots || !SEGMENT.matcher(each).matches()) {
                throw new InvalidApiException("path '%s': '%s' can't be part of a path".formatted(text, each));
            }
            if (each.startsWith("{") && !names.add(each)) {
                throw new InvalidApiException("path '%s' has %s twice".formatted(text, each));
            }
            segments.add(each);
        }
        if (segments.size() > MOST_SEGMENTS) {
            throw new InvalidApiException("path '%s' has more than %d parts".formatted(text, MOST_SEGMENTS));
        }
        return segments;
    }
}
