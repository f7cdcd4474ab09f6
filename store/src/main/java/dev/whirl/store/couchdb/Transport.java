package dev.whirl.store.couchdb;

import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchStoreConfig.Access;
import dev.whirl.store.couchdb.CouchStoreConfig.Pace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Makes single requests, each within its time, and only so many at a time. Never repeats one.
final class Transport implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Access access;
    private final Pace pace;
    private final String base;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("couchdb-deadlines").factory());

    /// A request failed without an answer.
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean isUnsent;

        Failure(String message, boolean isUnsent, IOException cause) {
            super(message, cause);
            this.isUnsent = isUnsent;
        }

        /// Whether CouchDB has certainly not got it.
        boolean isUnsent() {
            return isUnsent;
        }
    }

    /// @throws StoreException.Unavailable if the certificates can't be read
    Transport(Access access, Pace pace) {
        this.access = access;
        this.pace = pace;
        String url = access.url().toString();
        this.base = url.endsWith("/") ? url : url + "/";
        this.client = HttpClients.custom()
                .setConnectionManager(connections())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(pace.timeout().dividedBy(2)))
                        .setResponseTimeout(timeout())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(TimeValue.ofSeconds(4))
                .build();
    }

    /// @throws Failure if there was no answer, or not within the time
    Reply send(Call call) throws Failure {
        try {
            return sendOpen(call);
        } catch (IllegalStateException | RejectedExecutionException e) { // closed, while somebody still asked
            throw failure(call, new IOException(e.getMessage(), e), false);
        }
    }

    private Reply sendOpen(Call call) throws Failure {
        var request = new HttpUriRequestBase(call.method(), URI.create(base + call.path()));
        request.setHeader("Accept", "application/json, */*");
        authorize(request);
        RawJson body = call.body();
        if (body != null) {
            request.setEntity(new JsonBody(body));
        }
        var isLate = new AtomicBoolean();
        ScheduledFuture<?> deadline = watch.schedule(
                () -> {
                    isLate.set(true);
                    request.cancel();
                },
                pace.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> reply(response, call));
        } catch (IOException e) {
            throw failure(call, e, isLate.get());
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    private void authorize(HttpUriRequestBase request) {
        if (!access.user().isEmpty()) {
            byte[] pair = (access.user() + ":" + access.password()).getBytes(StandardCharsets.UTF_8);
            request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }

    private static Reply reply(ClassicHttpResponse response, Call call) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : read(entity, call.maxReplyBytes());
        return new Reply(response.getCode(), body);
    }

    private static byte[] read(HttpEntity entity, long maxBytes) throws IOException {
        if (entity.getContentLength() > maxBytes) {
            throw new IOException("the answer is larger than %d bytes".formatted(maxBytes));
        }
        var body = new ByteArrayOutputStream((int) Math.clamp(entity.getContentLength(), 512, maxBytes));
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = entity.getContent()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                body.write(chunk, 0, count);
                if (body.size() > maxBytes) {
                    throw new IOException("the answer is larger than %d bytes".formatted(maxBytes));
                }
            }
        }
        return body.toByteArray();
    }

    private Failure failure(Call call, IOException e, boolean isLate) {
        boolean isUnsent = switch (e) {
            case ConnectTimeoutException _, ConnectionRequestTimeoutException _ -> true;
            case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> true;
            default -> false;
        };
        String reason = switch (e) {
            case UnknownHostException _ -> "its host is not known";
            case ConnectTimeoutException _ -> "no connection within " + pace.connectTimeout();
            case ConnectException _ -> "the connection was refused";
            case ConnectionRequestTimeoutException _ -> "%d requests are under way".formatted(pace.connections());
            case SocketTimeoutException _ -> "no answer within " + pace.timeout();
            default -> isLate ? "no answer within " + pace.timeout() : String.valueOf(e.getMessage());
        };
        return new Failure(
                "%s at %s failed: %s".formatted(call.name(), access.url().getAuthority(), reason), isUnsent, e);
    }

    private HttpClientConnectionManager connections() {
        var builder = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(pace.connections())
                .setMaxConnPerRoute(pace.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(pace.connectTimeout()))
                        .setSocketTimeout(timeout())
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .build());
        Path trust = access.trust();
        if (trust != null) {
            builder.setTlsSocketStrategy(new DefaultClientTlsStrategy(trusting(trust)));
        }
        return builder.build();
    }

    private Timeout timeout() {
        return Timeout.of(pace.timeout());
    }

    private static SSLContext trusting(Path file) {
        try {
            return TrustedCertificates.context(file);
        } catch (IllegalArgumentException e) {
            throw new StoreException.Unavailable("store.couchdb.trust: " + e.getMessage(), e);
        }
    }

    /// Sends a document without copying it.
    private static final class JsonBody extends AbstractHttpEntity {
        private final RawJson json;

        JsonBody(RawJson json) {
            super(ContentType.APPLICATION_JSON, null);
            this.json = json;
        }

        @Override
        public long getContentLength() {
            return json.sizeBytes();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public @Nullable InputStream getContent() {
            return new java.io.ByteArrayInputStream(json.toBytes());
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            json.writeTo(out);
        }

        @Override
        public void close() {}
    }
}
