package dev.whirl.controller.api.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a request asks for, and of which host.
///
/// @param path from its first slash on
/// @param host null if the request has none
record RequestTarget(String path, @Nullable String host) {
    /// The first line may hold a whole address, as proxies send it: then its host counts and not the header
    /// (RFC 9112, 3.2.2).
    ///
    /// @param target of the first line, without its query
    /// @param header `Host`, null if there is none
    static RequestTarget of(String target, @Nullable String header) {
        int start = afterScheme(target);
        if (start < 0) {
            return new RequestTarget(target, header);
        }
        int slash = target.indexOf('/', start);
        return slash < 0
                ? new RequestTarget("/", target.substring(start))
                : new RequestTarget(target.substring(slash), target.substring(start, slash));
    }

    private static int afterScheme(String target) {
        if (target.startsWith("/")) {
            return -1;
        }
        for (String scheme : new String[] {"http://", "https://"}) {
            boolean isIt = target.length() > scheme.length()
                    && target.substring(0, scheme.length())
                            .toLowerCase(Locale.ROOT)
                            .equals(scheme);
            if (isIt && target.charAt(scheme.length()) != '/') {
                return scheme.length();
            }
        }
        return -1;
    }
}
