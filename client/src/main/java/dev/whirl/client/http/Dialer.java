package dev.whirl.client.http;

import dev.whirl.client.ApiAddress;
import dev.whirl.client.ProxyAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connects to one server: to its addresses in turn, through a proxy if there is one.
///
/// @param timeout for all addresses together
record Dialer(ApiAddress address, @Nullable ProxyAddress proxy, Duration timeout) {
    /// A connection over which the server can be spoken to. While nothing was read yet, it has the timeout.
    Socket dial() throws IOException {
        if (proxy == null) {
            return connected(resolved(address.host()), address.port(), timeout);
        }
        Socket socket = dialled(proxy);
        try {
            if (address.isSecure()) {
                tunnel(socket, proxy);
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket dialled(ProxyAddress way) throws IOException {
        try {
            return connected(resolved(way.host()), way.port(), timeout);
        } catch (IOException e) {
            throw new IOException("the proxy %s is not reached: %s".formatted(way, e.getMessage()), e);
        }
    }

    private static List<InetAddress> resolved(String host) throws IOException {
        return List.of(InetAddress.getAllByName(host));
    }

    /// A connection to the first address that takes one. Each but the last has only its share of the time.
    ///
    /// @throws IOException of the first address, if there is none
    static Socket connected(List<InetAddress> addresses, int port, Duration timeout) throws IOException {
        IOException failure = null;
        long endNanos = System.nanoTime() + timeout.toNanos();
        for (int i = 0; i < addresses.size(); i++) {
            long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
            var socket = new Socket(Proxy.NO_PROXY); // looking for one reads files, which takes some milliseconds
            try {
                socket.setTcpNoDelay(true);
                int shareMillis = (int) Math.max(1, leftMillis / (addresses.size() - i));
                socket.connect(new InetSocketAddress(addresses.get(i), port), shareMillis);
                socket.setSoTimeout((int) timeout.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = failure == null ? explained(e) : failure;
            }
        }
        throw failure == null ? new IOException("there is no address") : failure;
    }

    /// Nobody was there: that is told from a server that is silent.
    private static IOException explained(IOException failure) {
        if (!(failure instanceof SocketTimeoutException)) {
            return failure;
        }
        var explained = new ConnectException("no connection in time");
        explained.initCause(failure);
        return explained;
    }

    /// Asks the proxy for the way to the server (RFC 9110, 9.3.6).
    private void tunnel(Socket socket, ProxyAddress way) throws IOException {
        String target =
                (address.host().contains(":") ? "[" + address.host() + "]" : address.host()) + ":" + address.port();
        var head = new StringBuilder("CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n".formatted(target));
        way.authorization()
                .ifPresent(value ->
                        head.append("Proxy-Authorization: ").append(value).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        HttpReply reply = answer(socket, way);
        if (!reply.isSuccess()) {
            throw new IOException("the proxy %s answers with status %d".formatted(way, reply.status()));
        }
    }

    /// Nothing follows the answer before the client speaks, so that no byte of it is taken away.
    private static HttpReply answer(Socket socket, ProxyAddress way) throws IOException {
        try {
            return new ReplyReader(new BufferedInputStream(socket.getInputStream())).read(true, _ -> {});
        } catch (SocketTimeoutException e) {
            throw new IOException("the proxy %s does not answer".formatted(way), e);
        }
    }
}
