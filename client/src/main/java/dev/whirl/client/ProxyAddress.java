package dev.whirl.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A proxy through which a server is reached. Prints without its password.
///
/// @param host a name or an address, IPv6 without brackets
/// @param user `name:password`; null for a proxy that asks nobody
public record ProxyAddress(String host, int port, @Nullable String user) {
    private static final int DEFAULT_PORT = 80;

    /// What the environment says of the way to a server: `HTTPS_PROXY` or `HTTP_PROXY`, else
    /// `ALL_PROXY`, in capitals or not, unless `NO_PROXY` names the server. A server on this
    /// machine is never reached by a proxy.
    ///
    /// @throws IllegalArgumentException with a reason for the user, if the proxy cannot be used
    public static Optional<ProxyAddress> of(Map<String, String> environment, ApiAddress server) {
        if (isLoopback(server.host())) {
            return Optional.empty();
        }
        return Stream.of(server.isSecure() ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")
                .filter(name -> !value(environment, name).isEmpty())
                .findFirst()
                .filter(_ -> !isDirect(value(environment, "NO_PROXY"), server))
                .map(name -> parse(name, value(environment, name)));
    }

    /// The header `Proxy-Authorization`; empty for a proxy that asks nobody.
    public Optional<String> authorization() {
        return Optional.ofNullable(user)
                .map(each -> "Basic " + Base64.getEncoder().encodeToString(each.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static ProxyAddress parse(String variable, String text) {
        URI uri = uri(variable, text.contains("://") ? text : "http://" + text);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "%s names a proxy of %s://, and only http:// is understood".formatted(variable, uri.getScheme()));
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("%s names no host".formatted(variable));
        }
        return new ProxyAddress(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                uri.getUserInfo());
    }

    /// A failure tells nothing of the value, which may hold a password.
    private static URI uri(String variable, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("%s is no address: %s".formatted(variable, e.getReason()));
        }
    }

    private static String value(Map<String, String> environment, String name) {
        String small = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return (small.isBlank() ? environment.getOrDefault(name, "") : small).strip();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static boolean isDirect(String exceptions, ApiAddress server) {
        return Arrays.stream(exceptions.split("[,\\s]+")).anyMatch(each -> isMeant(each, server));
    }

    /// An exception is `*`, an address, a range of addresses, or a name that stands for all names
    /// below it too, each maybe with a port.
    private static boolean isMeant(String exception, ApiAddress server) {
        if (exception.contains("/")) {
            return isInRange(exception, server.host());
        }
        String name = exception.toLowerCase(Locale.ROOT);
        String port = ":" + server.port();
        if (name.endsWith(port)) {
            name = name.substring(0, name.length() - port.length());
        }
        name = name.replaceFirst("^\\*?\\.", "").replaceAll("[\\[\\]]", "");
        String host = server.host().toLowerCase(Locale.ROOT);
        return !name.isEmpty() && (name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    /// Whether a range such as `10.0.0.0/8` or `fd00::/8` holds a server. Names are not looked up:
    /// only one that is written as an address can lie in it.
    private static boolean isInRange(String range, String host) {
        String[] parts = range.split("/", 2);
        try {
            byte[] network = InetAddress.ofLiteral(parts[0]).getAddress();
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            int bits = Integer.parseInt(parts[1]);
            return network.length == address.length
                    && bits >= 0
                    && bits <= 8 * network.length
                    && IntStream.range(0, bits).allMatch(i -> bit(network, i) == bit(address, i));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static int bit(byte[] bytes, int index) {
        return (bytes[index / 8] >> (7 - index % 8)) & 1;
    }
}
