package dev.whirl.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// Where the API is: `scheme://host:port/prefix/api/version`.
///
/// @param host a name or an address, IPv6 without brackets
/// @param prefix path in front of `/api`, normally empty
public record ApiAddress(boolean isSecure, String host, int port, String prefix, String version) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern CREDENTIALS = Pattern.compile("^((?:[^/?#@]*://)?).*@", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]+");

    /// Reads what users write as API host: `https://host`, `http://host:port` or `host`, which means https.
    ///
    /// @throws IllegalArgumentException with a reason for the user
    public static ApiAddress parse(String text, String version) {
        if (holdsCredentials(text)) {
            throw new IllegalArgumentException("it must not hold a name and password");
        }
        String full = text.contains("://") ? text : "https://" + text;
        URI uri = uri(full);
        String scheme = uri.getScheme();
        boolean isSecure = scheme.equalsIgnoreCase("https");
        if (!isSecure && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException("the scheme must be http or https, not " + scheme);
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("no host in '" + text + "'");
        }
        if (uri.getPort() > MAX_PORT || uri.getPort() == 0) {
            throw new IllegalArgumentException("there is no port " + uri.getPort());
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("'" + version + "' is no version of the API");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : isSecure ? 443 : 80;
        return new ApiAddress(isSecure, withoutBrackets(host), port, prefix(uri), version);
    }

    /// Whether what users write as API host holds a name and password, or may do so: addresses are shown, kept and
    /// logged.
    public static boolean holdsCredentials(String text) {
        return text.indexOf('@') >= 0;
    }

    /// What users write as API host, for people: without a name and password.
    public static String shown(String text) {
        return CREDENTIALS.matcher(text).replaceFirst("$1…@");
    }

    /// The path of a resource on this server: prefix, `/api/version` and the rest.
    public String path(String rest) {
        return prefix + "/api/" + version + rest;
    }

    /// The whole address of a resource.
    public String url(String rest) {
        return this + path(rest).substring(prefix.length());
    }

    /// Host and port as the `Host` header has them.
    public String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (isSecure ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (isSecure ? "https://" : "http://") + authority() + prefix;
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getReason() + ": " + text, e);
        }
    }

    private static String prefix(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
