package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.ArrayList;
import java.util.List;

/// The path of a request: split at its slashes first, then each segment decoded, so that `%2f` and `..` stay
/// inside of a segment and never change the route (attack 33).
///
/// @param endsWithSlash whether an empty last segment was dropped (row R-3)
public record RequestPath(List<String> segments, boolean endsWithSlash) {
    /// @param raw from its first slash on, without the query
    /// @throws ApiException 400 for bytes that a path can't hold and for broken escapes
    public static RequestPath parse(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            throw malformed();
        }
        var segments = new ArrayList<String>(8);
        int start = 1;
        while (start <= raw.length()) {
            int slash = raw.indexOf('/', start);
            int end = slash < 0 ? raw.length() : slash;
            segments.add(Percent.decode(raw, start, end, false));
            start = end + 1;
        }
        boolean endsWithSlash = segments.getLast().isEmpty();
        if (endsWithSlash) {
            segments.removeLast();
        }
        return new RequestPath(segments, endsWithSlash);
    }

    /// Whether the first segments are these.
    public boolean startsWith(String first, String second) {
        return segments.size() >= 2
                && segments.get(0).equals(first)
                && segments.get(1).equals(second);
    }

    static ApiException malformed() {
        return new ApiException(ErrorCode.BAD_REQUEST, Messages.TARGET_MALFORMED);
    }
}
