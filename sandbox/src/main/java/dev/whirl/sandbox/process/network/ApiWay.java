package dev.whirl.sandbox.process.network;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How functions in a filtered network reach this platform's API.
///
/// @param shownAs the address that functions are told
/// @param addresses that have it, as functions see them
record ApiWay(String shownAs, List<String> addresses, int port) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    ApiWay {
        addresses = List.copyOf(addresses);
    }

    /// An API on loopback is found at the address that leads to this machine's loopback; any other at its own.
    ///
    /// @throws IOException with one sentence, if the address can't be understood or has no IPv4 address
    static ApiWay to(String apiHost) throws IOException {
        boolean hasScheme = apiHost.contains("://");
        URI address = parsed(hasScheme ? apiHost : "http://" + apiHost, apiHost);
        String host = Objects.requireNonNull(address.getHost());
        int port = port(address);
        List<InetAddress> found = resolved(host);
        if (found.stream().anyMatch(each -> each.isLoopbackAddress() || each.isAnyLocalAddress())) {
            String scheme = hasScheme ? address.getScheme() + "://" : "";
            String path = Objects.requireNonNullElse(address.getRawPath(), "");
            String shown = "%s%s:%d%s".formatted(scheme, VirtualNetwork.HOST, port, path);
            return new ApiWay(shown, List.of(VirtualNetwork.HOST), port);
        }
        List<String> addresses = found.stream()
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .toList();
        if (addresses.isEmpty()) {
            throw new IOException(
                    "sandbox.process.api-host: %s has no IPv4 address, which network=filtered needs".formatted(host));
        }
        return new ApiWay(apiHost, addresses, port);
    }

    private static URI parsed(String text, String asGiven) throws IOException {
        try {
            URI address = URI.create(text);
            @Nullable String host = address.getHost();
            if (host != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("sandbox.process.api-host: '%s' is not an address".formatted(asGiven), e);
        }
        throw new IOException("sandbox.process.api-host: '%s' is not an address".formatted(asGiven));
    }

    private static int port(URI address) {
        int standard = "https".equals(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return address.getPort() < 0 ? standard : address.getPort();
    }

    private static List<InetAddress> resolved(String host) throws IOException {
        try {
            return Stream.of(InetAddress.getAllByName(host)).toList();
        } catch (UnknownHostException e) {
            throw new IOException("sandbox.process.api-host: %s can't be resolved on this machine".formatted(host), e);
        }
    }
}
