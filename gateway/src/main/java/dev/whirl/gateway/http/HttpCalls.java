package dev.whirl.gateway.http;

import dev.whirl.gateway.policy.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Makes calls over kept connections, in bounded time. Redirects are not followed: they could lead to where nobody
/// allowed calls.
public final class HttpCalls implements Outside, AutoCloseable {
    private static final int MOST_CONNECTIONS = 1024;
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout PROVIDER = Timeout.ofSeconds(5);

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

    private final Duration patience;
    private @Nullable CloseableHttpClient client;

    /// @param patience for the answer of a function
    public HttpCalls(Duration patience) {
        this.patience = patience;
    }

    /// Made at the first call: many a server never makes one.
    private synchronized CloseableHttpClient client() {
        CloseableHttpClient known = client;
        if (known == null) {
            known = newClient();
            client = known;
        }
        return known;
    }

    private CloseableHttpClient newClient() {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(Timeout.of(patience))
                        .setValidateAfterInactivity(2, TimeUnit.SECONDS)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /// One header.
    ///
    /// @param name in lower case
    public record Field(String name, String value) {}

    /// An answer of a target. Nobody changes the bytes of the body.
    public static final class TargetReply {
        private final int status;
        private final List<Field> fields;
        private final byte[] body;

        /// @param fields without those of the connection
        TargetReply(int status, List<Field> fields, byte[] body) {
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

        public byte[] body() {
            return body;
        }
    }

    /// @param address with the query
    /// @param headers names in lower case
    /// @param maxBytes of the answer
    /// @throws IOException if there is no answer in time, or a longer one
    public TargetReply call(String method, String address, Map<String, String> headers, byte[] body, int maxBytes)
            throws IOException {
        ClassicRequestBuilder builder = ClassicRequestBuilder.create(method).setUri(URI.create(address));
        headers.forEach((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                builder.addHeader(name, value);
            }
        });
        if (body.length > 0) {
            String type = headers.get("content-type");
            builder.setEntity(new ByteArrayEntity(body, type == null ? null : ContentType.parseLenient(type)));
        }
        return client().execute(
                        builder.build(),
                        response -> new TargetReply(
                                response.getCode(), fields(response), body(response.getEntity(), maxBytes)));
    }

    @Override
    public Reply get(String address, @Nullable String token, int maxBytes) throws IOException {
        ClassicRequestBuilder builder = ClassicRequestBuilder.get(address).addHeader("accept", "application/json");
        if (token != null) {
            builder.addHeader("authorization", "Bearer " + token);
        }
        ClassicHttpRequest request = builder.build();
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(
                RequestConfig.custom().setResponseTimeout(PROVIDER).build());
        return client().execute(
                        request,
                        context,
                        response -> new Reply(
                                response.getCode(),
                                new String(body(response.getEntity(), maxBytes), StandardCharsets.UTF_8)));
    }

    private static List<Field> fields(ClassicHttpResponse response) {
        return Arrays.stream(response.getHeaders())
                .map(each -> new Field(each.getName().toLowerCase(Locale.ROOT), each.getValue()))
                .filter(each -> !OF_THE_CONNECTION.contains(each.name()))
                .toList();
    }

    private static byte[] body(@Nullable HttpEntity entity, int maxBytes) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        var bytes = new ByteArrayOutputStream();
        try (InputStream in = entity.getContent()) {
            var buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0) {
                if (bytes.size() + read > maxBytes) {
                    throw new IOException("the answer has more than %d bytes".formatted(maxBytes));
                }
                bytes.write(buffer, 0, read);
                read = in.read(buffer);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close(CloseMode.GRACEFUL);
        }
    }
}
