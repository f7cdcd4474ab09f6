package dev.whirl.client.http;

import dev.whirl.client.ProxyAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches one file from any web server, within limits and without credentials. By the JDK's own client, whose start
/// costs time that only this needs.
public final class Download {
    private static final int MAX_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final EnvironmentProxies proxies;
    private final long maxBytes;

    /// @param time for everything together
    public record Limits(long maxBytes, Duration time) {}

    private Download(HttpClient client, EnvironmentProxies proxies, long maxBytes) {
        this.client = client;
        this.proxies = proxies;
        this.maxBytes = maxBytes;
    }

    /// The bytes at an address, `http` or `https`. It follows a few redirections, but none from https to http.
    ///
    /// @param environment names the proxies, as of [dev.whirl.client.ProxyAddress#of]
    /// @throws IOException with a reason for the user
    public static byte[] get(URI address, Limits limits, Map<String, String> environment)
            throws IOException, InterruptedException {
        var proxies = new EnvironmentProxies(environment);
        HttpClient client = HttpClient.newBuilder()
                .proxy(proxies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
        var task = new FutureTask<>(() -> new Download(client, proxies, limits.maxBytes()).follow(address));
        Thread.ofVirtual().start(task);
        try {
            return task.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new IOException(
                    "it was not there after %d s".formatted(limits.time().toSeconds()));
        } catch (ExecutionException e) {
            throw explained(e.getCause() == null ? e : e.getCause());
        } finally {
            task.cancel(true);
            client.shutdownNow();
        }
    }

    private byte[] follow(URI start) throws IOException, InterruptedException {
        URI address = start;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpResponse<InputStream> response = client.send(request(address), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 200) {
                    return bounded(body);
                }
                address = redirection(address, response);
            }
        }
        throw new IOException("the server redirects again and again");
    }

    private HttpRequest request(URI address) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        try {
            proxies.find(address)
                    .flatMap(ProxyAddress::authorization)
                    .ifPresent(each -> request.setHeader("Proxy-Authorization", each));
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("the proxy cannot be used: " + e.getMessage(), e);
        }
    }

    private byte[] bounded(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, maxBytes + 1));
        if (bytes.length > maxBytes) {
            throw new IOException("it has more than %d bytes".formatted(maxBytes));
        }
        return bytes;
    }

    private static URI redirection(URI from, HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        String location = response.headers().firstValue("location").orElse("");
        if (status < 301 || status > 308 || location.isEmpty()) {
            throw new IOException("the server answers with status %d".formatted(status));
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("the server redirects to what is no address", e);
        }
        boolean isWeb = "https".equalsIgnoreCase(to.getScheme())
                || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
        if (!isWeb || to.getHost() == null || to.getRawUserInfo() != null) {
            throw new IOException("the server redirects to where it must not");
        }
        return to;
    }

    private static IOException explained(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return new IOException("there is no such host", failure);
            }
        }
        if (failure instanceof ConnectException) {
            return new IOException("no connection to the server", failure);
        }
        String message = failure.getMessage();
        return new IOException(message == null ? failure.toString() : message, failure);
    }
}
