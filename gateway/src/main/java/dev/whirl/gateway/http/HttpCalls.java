package dev.whirl.gateway.http;

import dev.whirl.common.time.Deadlines;
import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.gateway.http.CallException.Reason;
import dev.whirl.gateway.policy.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Makes calls over kept connections, in bounded time and memory. Redirects are not followed: they could lead to where
/// nobody allowed calls.
///
/// What ends a call that takes too long is one thread that looks at all of them. A timer for each call, and for each
/// read as a socket's own timeout is one to a virtual thread, would wake further threads twice a call.
public final class HttpCalls implements Outside, AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    /// For a connection, while others have all of them.
    private static final Timeout IN_LINE = Timeout.ofSeconds(2);

    /// Of an answer's head, in bytes.
    private static final int LONGEST_LINE = 8 * 1024;

    private static final int MOST_HEADERS = 100;

    /// Answers take memory in such steps.
    private static final int PIECE = 64 * 1024;

    /// The mark of a call that has its connection, so that some of it may have been sent.
    private static final String CONNECTED = "whirl.connected";

    /// What belongs to one connection (RFC 9110, 7.6.1), or follows from the body.
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /// @param mostConnections in all
    /// @param mostToOne of them to one server, so that a slow one leaves some for the others
    /// @param patience for a whole call, from its begin to the last byte of the answer
    public record Bounds(int mostConnections, int mostToOne, Duration patience) {}

    /// Where the memory for an answer comes from.
    public interface Room {
        /// Called before an answer takes more memory than the first 64 KB, with what it takes then. What it throws ends
        /// the call.
        void grow(long bytesInAll);
    }

    private record Client(CloseableHttpClient http, Deadlines deadlines) {}

    private final Bounds bounds;
    private final @Nullable SSLContext trusted;
    private @Nullable Client client;

    /// To servers whose certificates come from those that Java trusts.
    public HttpCalls(Bounds bounds) {
        this(bounds, null);
    }

    /// @param trust certificates (PEM) of those who vouch for the servers, read now and never again; null for those
    /// that Java trusts
    /// @throws IllegalArgumentException with a sentence that names the file, if it can't be used
    public HttpCalls(Bounds bounds, @Nullable Path trust) {
        this.bounds = bounds;
        this.trusted = trust == null ? null : TrustedCertificates.context(trust);
    }

    /// Made at the first call: many a server never makes one.
    private synchronized Client client() {
        Client known = client;
        if (known == null) {
            known = new Client(newClient(), Deadlines.started("gateway-deadlines"));
            client = known;
        }
        return known;
    }

    private CloseableHttpClient newClient() {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setMaxConnTotal(bounds.mostConnections())
                .setMaxConnPerRoute(bounds.mostToOne())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setValidateAfterInactivity(2, TimeUnit.SECONDS)
                        .build());
        if (trusted != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trusted));
        }
        return HttpClients.custom()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), CONNECTED, (request, scope, chain) -> {
                    scope.clientContext.setAttribute(CONNECTED, true);
                    return chain.proceed(request, scope);
                })
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(IN_LINE)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /// One header.
    ///
    /// @param name in lower case
    public record Field(String name, String value) {}

    /// An answer of a target. Nobody changes the bytes of the body, which are in the pieces in which they came.
    public static final class TargetReply {
        private final int status;
        private final List<Field> fields;
        private final List<byte[]> body;

        /// @param fields without those of the connection
        TargetReply(int status, List<Field> fields, List<byte[]> body) {
            this.status = status;
            this.fields = List.copyOf(fields);
            this.body = body;
        }

        public int status() {
            return status;
        }

        public List<Field> fields() {
            return fields;
        }

        public long sizeBytes() {
            return body.stream().mapToLong(each -> each.length).sum();
        }

        public void writeTo(OutputStream out) throws IOException {
            for (byte[] each : body) {
                out.write(each);
            }
        }
    }

    /// @param address with the query
    /// @param headers names in lower case
    /// @param maxBytes of the answer
    /// @throws CallException if there is no answer, or a longer one, or if that is no address
    public TargetReply call(
            String method, String address, Map<String, String> headers, byte[] body, int maxBytes, Room room)
            throws CallException {
        HttpUriRequestBase request = request(method, address);
        headers.forEach((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                request.addHeader(name, value);
            }
        });
        if (body.length > 0) {
            request.setEntity(new ByteArrayEntity(body, null)); // its type is one of the headers
        }
        return execute(
                request,
                response -> new TargetReply(
                        response.getCode(), fields(response), body(response.getEntity(), maxBytes, room)));
    }

    private static HttpUriRequestBase request(String method, String address) throws CallException {
        try {
            return new HttpUriRequestBase(method, URI.create(address));
        } catch (IllegalArgumentException e) {
            throw new CallException(Reason.NO_ADDRESS, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Reply get(String address, @Nullable String token, int maxBytes) throws IOException {
        var request = new HttpUriRequestBase("GET", URI.create(address));
        request.addHeader("accept", "application/json");
        request.addHeader("user-agent", "whirl"); // GitHub answers nobody without a name
        if (token != null) {
            request.addHeader("authorization", "Bearer " + token);
        }
        try {
            return execute(request, response -> {
                var body = new ByteArrayOutputStream();
                for (byte[] each : body(response.getEntity(), maxBytes, _ -> {})) {
                    body.write(each);
                }
                return new Reply(response.getCode(), body.toString(StandardCharsets.UTF_8));
            });
        } catch (CallException e) {
            throw switch (e.reason()) {
                case AWAY, TOO_SLOW -> new AwayException(String.valueOf(e.getMessage()), e);
                case TOO_LONG, BUSY, NO_ADDRESS -> e;
            };
        }
    }

    /// Cancels the request when its time is over, in whatever it is at that moment.
    private <T> T execute(HttpUriRequestBase request, HttpClientResponseHandler<T> handler) throws CallException {
        Client parts = client();
        long deadlineNanos = System.nanoTime() + bounds.patience().toNanos();
        try (var watch = parts.deadlines().watch(request::cancel, deadlineNanos)) {
            return execute(parts.http(), request, handler, watch);
        }
    }

    private <T> T execute(
            CloseableHttpClient http,
            HttpUriRequestBase request,
            HttpClientResponseHandler<T> handler,
            Deadlines.Watch watch)
            throws CallException {
        var context = HttpClientContext.create();
        try {
            return http.execute(request, context, response -> whole(request, response, handler));
        } catch (CallException e) {
            throw e;
        } catch (ConnectionRequestTimeoutException e) {
            throw CallException.unsent(Reason.BUSY, "too many calls are under way", e);
        } catch (IOException e) {
            if (watch.hasExpired()) {
                throw new CallException(Reason.TOO_SLOW, late(), e);
            }
            String why = String.valueOf(e.getMessage());
            throw context.getAttribute(CONNECTED) == null
                    ? CallException.unsent(Reason.AWAY, why, e)
                    : new CallException(Reason.AWAY, why, e);
        } catch (IllegalStateException e) { // it was cancelled between two steps
            if (!watch.hasExpired()) {
                throw e;
            }
            throw new CallException(Reason.TOO_SLOW, late(), e);
        }
    }

    private String late() {
        return "no whole answer within %s".formatted(bounds.patience());
    }

    /// What is not wanted to its end is cut off: to close it would read all of it.
    private static <T> T whole(
            HttpUriRequestBase request, ClassicHttpResponse response, HttpClientResponseHandler<T> handler)
            throws IOException, HttpException {
        boolean isWhole = false;
        try {
            T result = handler.handleResponse(response);
            isWhole = true;
            return result;
        } finally {
            if (!isWhole) {
                request.cancel();
            }
        }
    }

    private static List<Field> fields(ClassicHttpResponse response) {
        return Arrays.stream(response.getHeaders())
                .map(each -> new Field(each.getName().toLowerCase(Locale.ROOT), each.getValue()))
                .filter(each -> !OF_THE_CONNECTION.contains(each.name()))
                .toList();
    }

    private static List<byte[]> body(@Nullable HttpEntity entity, int maxBytes, Room room) throws IOException {
        if (entity == null) {
            return List.of();
        }
        if (entity.getContentLength() > maxBytes) {
            throw tooLong(maxBytes);
        }
        var pieces = new ArrayList<byte[]>();
        InputStream in = entity.getContent();
        long total = 0;
        int read = PIECE;
        while (read == PIECE) {
            if (total > 0) {
                room.grow(Math.min(total + PIECE, maxBytes));
            }
            byte[] piece = in.readNBytes(PIECE);
            read = piece.length;
            total += read;
            if (total > maxBytes) {
                throw tooLong(maxBytes);
            }
            pieces.add(piece);
        }
        return pieces;
    }

    private static CallException tooLong(int maxBytes) {
        return new CallException(Reason.TOO_LONG, "the answer has more than %d bytes".formatted(maxBytes), null);
    }

    @Override
    public synchronized void close() {
        Client known = client;
        if (known != null) {
            known.deadlines().close();
            known.http().close(CloseMode.GRACEFUL);
        }
    }
}
