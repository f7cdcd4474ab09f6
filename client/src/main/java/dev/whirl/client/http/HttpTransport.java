package dev.whirl.client.http;

import dev.whirl.client.AnswerTooLargeException;
import dev.whirl.client.ClientConfig;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.ProxyAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Sends calls and keeps a few connections open for the next ones. For many threads.
///
/// A call that may not be repeated, as one that invokes, creates or deletes, goes on a connection
/// that is new, was in use a moment ago, or was just found alive. `this` guards [#idle] and [#tls].
public final class HttpTransport implements AutoCloseable {
    private static final int MAX_IDLE = 16;
    private static final int LARGE_BYTES = 1024 * 1024;
    private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(20);
    private static final Duration SURELY_ALIVE = Duration.ofMillis(500);

    private final ClientConfig config;
    private final Deque<Wire> idle = new ArrayDeque<>();
    private @Nullable SSLSocketFactory tls;
    private boolean isClosed;

    public HttpTransport(ClientConfig config) {
        this.config = config;
    }

    /// Sends one call and waits for the whole answer.
    ///
    /// @throws ConnectionException if there is none
    public HttpReply send(HttpCall call) {
        config.listener().sending(call);
        try {
            HttpReply reply = exchange(call);
            config.listener().received(reply);
            return reply;
        } catch (IOException e) {
            config.listener().failed(call);
            throw new ConnectionException(config.address(), e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        idle.forEach(Wire::close);
        idle.clear();
    }

    private HttpReply exchange(HttpCall call) throws IOException {
        Wire kept = takeIdle();
        if (kept == null) {
            return exchange(call, open());
        }
        try {
            return exchange(call, kept);
        } catch (SocketTimeoutException | AnswerTooLargeException e) {
            throw e; // the server was slow, or said too much, and not gone: a second try would end in the same way
        } catch (IOException e) {
            if (!call.isRepeatable()) {
                throw e;
            }
            return exchange(call, open());
        }
    }

    private HttpReply exchange(HttpCall call, Wire wire) throws IOException {
        try {
            boolean isAnnounced = isLarge(call);
            HttpReply reply = wire.exchange(head(call), call, isAnnounced, config.listener());
            release(wire, reply, isAnnounced && !reply.isSuccess());
            return reply;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private byte[] head(HttpCall call) {
        var head = new StringBuilder(256);
        head.append(call.method()).append(' ').append(target(call)).append(" HTTP/1.1\r\n");
        line(head, "Host", config.address().authority());
        line(head, "User-Agent", config.userAgent());
        var credentials = config.credentials();
        if (credentials != null) {
            line(head, "Authorization", credentials.header());
        }
        if (isForwarded()) {
            proxyAuthorization().ifPresent(value -> line(head, "Proxy-Authorization", value));
        }
        call.headers().forEach((name, value) -> line(head, name, value));
        byte[] body = call.body();
        if (body != null) {
            line(head, "Content-Length", Integer.toString(body.length));
        }
        if (isLarge(call)) {
            line(head, "Expect", "100-continue");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A proxy is told the whole address, unless it is only a tunnel.
    private String target(HttpCall call) {
        return isForwarded() ? "http://" + config.address().authority() + call.target() : call.target();
    }

    private boolean isForwarded() {
        return config.proxy() != null && !config.address().isSecure();
    }

    private Optional<String> proxyAuthorization() {
        return Optional.ofNullable(config.proxy()).flatMap(ProxyAddress::authorization);
    }

    /// Whether the server is asked before the body is sent: it may refuse it for its size.
    private static boolean isLarge(HttpCall call) {
        byte[] body = call.body();
        return body != null && body.length >= LARGE_BYTES;
    }

    private static void line(StringBuilder head, String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("the header " + name + " would hold a line break");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private Wire open() throws IOException {
        return Wire.open(
                new Dialer(config.address(), config.proxy(), config.connectTimeout()),
                config.address().isSecure() ? tls() : null,
                config.readTimeout());
    }

    private synchronized SSLSocketFactory tls() throws IOException {
        if (tls == null) {
            tls = TlsContexts.create(config.tls()).getSocketFactory();
        }
        return tls;
    }

    private @Nullable Wire takeIdle() {
        for (Wire wire = pollIdle(); wire != null; wire = pollIdle()) {
            boolean isUsable = !wire.hasIdledFor(MAX_IDLE_TIME) && (!wire.hasIdledFor(SURELY_ALIVE) || !wire.isStale());
            if (isUsable) {
                return wire;
            }
            wire.close();
        }
        return null;
    }

    private synchronized @Nullable Wire pollIdle() {
        return idle.pollFirst();
    }

    /// @param isDoubtful the server may not have read the whole request
    private void release(Wire wire, HttpReply reply, boolean isDoubtful) {
        boolean isDelimited = reply.header("content-length").isPresent()
                || reply.header("transfer-encoding").isPresent()
                || reply.status() == 204;
        boolean staysOpen =
                !reply.header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
        if (!(isDelimited && staysOpen && !isDoubtful && keep(wire))) {
            wire.close();
        }
    }

    private synchronized boolean keep(Wire wire) {
        if (isClosed || idle.size() >= MAX_IDLE) {
            return false;
        }
        idle.addFirst(wire);
        return true;
    }
}
