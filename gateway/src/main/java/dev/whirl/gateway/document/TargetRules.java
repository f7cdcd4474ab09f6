package dev.whirl.gateway.document;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which addresses an API may use. Without rules a user could reach through the gateway whatever it reaches itself:
/// services beside it, the metadata of a cloud.
///
/// @param hosts that the operator allowed: `api.example.com`, `10.1.2.3:8080`, `*.example.com`, `http://keys.internal`
public record TargetRules(Set<String> hosts) {
    /// Nothing but web actions of this installation.
    public static final TargetRules OWN = new TargetRules(Set.of());

    private static final String WEB = "/api/v1/web/";
    private static final String CALLERS_PATH = "$(request.path)";
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final List<String> STAND_INS = List.of("{", "}");

    public TargetRules {
        hosts = Set.copyOf(hosts);
    }

    /// @param text address of a call, which may end in `$(request.path)`
    Target target(String text) throws InvalidApiException {
        boolean addsPath = text.endsWith(CALLERS_PATH);
        String bare = addsPath ? text.substring(0, text.length() - CALLERS_PATH.length()) : text;
        int slash = bare.indexOf('/', bare.indexOf("://") < 0 ? 0 : bare.indexOf("://") + 3);
        String path = slash < 0 ? "" : bare.substring(slash);
        URI uri = uri(text, slash < 0 ? bare : bare.substring(0, slash), path);
        if (addsPath && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1); // the caller's begins with one
        }
        if (uri.getHost() != null && allows(uri)) {
            return new Target.Remote(uri.getScheme() + "://" + uri.getRawAuthority(), path, addsPath);
        }
        if (path.startsWith(WEB) && path.split("/").length >= 7 && isStraight(path)) {
            return new Target.WebAction(path, addsPath);
        }
        throw new InvalidApiException(
                "'%s' is neither a web action nor on a host that gateway.allowed-hosts names".formatted(text));
    }

    /// Whether it leads to nowhere else, by whoever reads it on the way. What is filled into it is looked at later.
    private static boolean isStraight(String path) {
        return Arrays.stream(path.substring(1).split("/"))
                .allMatch(each -> Segment.read(each).isPresent() && !each.contains(".."));
    }

    /// Keys that come over plain HTTP are whoever's who stands on the way: only on this machine, or where the operator
    /// says so (attack 37).
    ///
    /// @throws InvalidApiException unless the address may be called by the gateway itself
    String outside(String text) throws InvalidApiException {
        URI uri = uri(text, text, "");
        if (uri.getHost() == null || !allows(uri)) {
            throw new InvalidApiException("'%s' is not on a host that gateway.allowed-hosts names".formatted(text));
        }
        if (!"https".equals(uri.getScheme()) && !isLoopback(uri.getHost()) && !hosts.contains(plain(uri))) {
            throw new InvalidApiException(
                    "'%s' must begin with https:// unless gateway.allowed-hosts names %s".formatted(text, plain(uri)));
        }
        return text;
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || LOOPBACK.matcher(host).matches();
    }

    /// As the operator writes a host that may be called without TLS.
    private static String plain(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return "http://" + (uri.getPort() < 0 ? host : host + ":" + uri.getPort());
    }

    private boolean allows(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        return ("http".equals(uri.getScheme()) && hosts.contains(plain(uri)))
                || hosts.contains(host + ":" + uri.getPort())
                || (uri.getPort() < 0
                        && (hosts.contains(host) || (dot > 0 && hosts.contains("*" + host.substring(dot)))));
    }

    private static URI uri(String whole, String origin, String path) throws InvalidApiException {
        try {
            String plain = path;
            for (String each : STAND_INS) {
                plain = plain.replace(each, "");
            }
            var uri = new URI(origin + plain);
            boolean isWeb = uri.getScheme() == null || List.of("http", "https").contains(uri.getScheme());
            if (isWeb && uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new InvalidApiException("'%s' is no address that can be called".formatted(whole));
    }
}
