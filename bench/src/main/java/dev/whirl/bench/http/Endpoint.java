package dev.whirl.bench.http;

import static dev.whirl.common.Preconditions.require;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.regex.Pattern;

/// The address of a platform or of a bare container: a loopback host, one behind a bridge of this machine, or in a
/// pod a service of the pod's own cluster, and a port. Load is never sent to anything else.
public record Endpoint(String host, int port) {
    private static final int DEFAULT_PORT = 3233;

    /// What clusters tell all of their pods.
    private static final boolean IS_IN_CLUSTER = System.getenv("KUBERNETES_SERVICE_HOST") != null;

    /// The name of a service, in the pod's namespace or in another one. Names of the outside have other endings.
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+\\.svc(\\.cluster\\.local)?)?");

    public Endpoint {
        require(
                isAllowed(host, IS_IN_CLUSTER),
                "%s is not a loopback address: load is sent to this machine only",
                host);
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

    /// The address to connect to; a name is looked up only if it is a service's of the pod's own cluster.
    public InetSocketAddress address() {
        if (isService(host, IS_IN_CLUSTER)) {
            return new InetSocketAddress(host, port);
        }
        return new InetSocketAddress(host.equals("localhost") ? InetAddress.getLoopbackAddress() : literal(host), port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    /// Whether load may be sent there.
    ///
    /// @param isInCluster whether this process runs in a pod
    static boolean isAllowed(String host, boolean isInCluster) {
        return isService(host, isInCluster) || isLoopback(host) || OwnBridges.leadTo(literal(host));
    }

    private static boolean isService(String host, boolean isInCluster) {
        return isInCluster && !host.equals("localhost") && SERVICE.matcher(host).matches();
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
