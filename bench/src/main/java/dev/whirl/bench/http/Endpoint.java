package dev.whirl.bench.http;

import static dev.whirl.common.Preconditions.require;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/// The address of a platform: a loopback host and a port. Load is never sent to another machine.
public record Endpoint(String host, int port) {
    private static final int DEFAULT_PORT = 3233;

    public Endpoint {
        require(isLoopback(host), "%s is not a loopback address: load is sent to this machine only", host);
        require(port >= 1 && port <= 65_535, "%d is not a port", port);
    }

    /// Reads `localhost`, `127.0.0.1:3233`, `[::1]:3233` or `http://localhost:3233`.
    public static Endpoint parse(String text) {
        String address = text.contains("://") ? text : "http://" + text;
        URI uri = URI.create(address);
        require("http".equals(uri.getScheme()), "%s: only http is possible", text);
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("'" + text + "' is not an address such as localhost:3233");
        }
        return new Endpoint(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /// The address to connect to; no name is ever looked up.
    public InetSocketAddress address() {
        return new InetSocketAddress(host.equals("localhost") ? InetAddress.getLoopbackAddress() : literal(host), port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || literal(host).isLoopbackAddress();
    }

    private static InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException notLiteral) {
            throw new IllegalArgumentException(
                    host + " is not a loopback address: load is sent to this machine only", notLiteral);
        }
    }
}
