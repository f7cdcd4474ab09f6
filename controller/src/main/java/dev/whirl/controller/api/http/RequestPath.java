package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.util.ArrayList;
import java.util.List;

/// The path of a request: split at its slashes first, then each segment decoded, so that `%2f` and `..` stay
/// inside of a segment and never change the route (attack 33).
///
/// @param raw as it was sent
/// @param endsWithSlash whether an empty last segment was dropped (row R-3)
public record RequestPath(List<String> segments, boolean endsWithSlash, String raw) {
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
        return new RequestPath(segments, endsWithSlash, raw);
    }

    /// Whether it is one of the API's own paths: below `/api/v1`, but no web action.
    public boolean isManagement() {
        return startsWith("api", "v1")
                && !(segments.size() > 2 && segments.get(2).equals("web"));
    }

    /// What comes after the first segments, as it was sent: `/a%20b/` or nothing.
    public String rest(int first) {
        int at = 0;
        for (int i = 0; i < first; i++) {
            int next = raw.indexOf('/', at + 1);
            if (next < 0) {
                return "";
            }
            at = next;
        }
        return raw.substring(at);
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
