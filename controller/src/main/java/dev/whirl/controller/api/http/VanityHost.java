package dev.whirl.controller.api.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Short addresses of web actions: `https://<namespace>.<host>/package/action.ext` (row W-13).
public final class VanityHost {
    /// No host has short addresses.
    public static final VanityHost NONE = new VanityHost("");

    private static final String WEB = "/api/v1/web/";
    private static final String INDEX = "/public/index.html";

    private final @Nullable Pattern pattern;

    /// @param host below which the namespaces lie, without a port; empty for none
    public VanityHost(String host) {
        this.pattern = host.isEmpty()
                ? null
                : Pattern.compile(
                        "([0-9a-z_-]{1,63})[.]" + Pattern.quote(host) + "(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);
    }

    /// What a request asks for, in the long form.
    ///
    /// @param rawPath as it was sent
    /// @param host the request's `Host`, null if it has none
    String expand(String rawPath, @Nullable String host) {
        if (pattern == null || host == null) {
            return rawPath;
        }
        Matcher matcher = pattern.matcher(host);
        if (!matcher.matches()) {
            return rawPath;
        }
        return WEB + matcher.group(1) + (rawPath.equals("/") ? INDEX : rawPath);
    }
}
