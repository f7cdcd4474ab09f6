package dev.whirl.controller.api.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request asks for, and of which host.
///
/// @param path from its first slash on
/// @param host null if the request has none
record RequestTarget(String path, @Nullable String host) {
    /// A host and maybe a port (RFC 3986, 3.2.2), and no user's name.
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:[0-9]{0,5})?");

    /// The first line may hold a whole address, as proxies send it: then its host counts and not the header
    /// (RFC 9112, 3.2.2). What only looks like an address is left as it is, and is no path then.
    ///
    /// @param target of the first line, without its query
    /// @param header `Host`, null if there is none
    static RequestTarget of(String target, @Nullable String header) {
        int start = afterScheme(target);
        if (start < 0) {
            return new RequestTarget(target, header);
        }
        int slash = target.indexOf('/', start);
        String host = target.substring(start, slash < 0 ? target.length() : slash);
        if (!AUTHORITY.matcher(host).matches()) {
            return new RequestTarget(target, header);
        }
        return new RequestTarget(slash < 0 ? "/" : target.substring(slash), host);
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
