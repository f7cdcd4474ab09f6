package dev.whirl.client;

import dev.whirl.client.http.CallListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client needs to know.
///
/// @param credentials null calls without authentication, which few resources allow
/// @param proxy through which the server is reached; null for none
/// @param connectTimeout for the connection and the TLS handshake
/// @param readTimeout how long the server may be silent; longer than a blocking invocation waits
/// @param userAgent how the client names itself
/// @param listener sees calls and answers, without credentials
public record ClientConfig(
        ApiAddress address,
        @Nullable Credentials credentials,
        TlsOptions tls,
        @Nullable ProxyAddress proxy,
        Duration connectTimeout,
        Duration readTimeout,
        String userAgent,
        CallListener listener) {
    /// Version `v1` of the API at a host, with the defaults for everything else.
    public static ClientConfig of(String apiHost, @Nullable Credentials credentials) {
        return of(ApiAddress.parse(apiHost, "v1"), credentials);
    }

    public static ClientConfig of(ApiAddress address, @Nullable Credentials credentials) {
        return new ClientConfig(
                address,
                credentials,
                TlsOptions.DEFAULT,
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(80),
                "whirl-client",
                CallListener.NONE);
    }

    public ClientConfig withTls(TlsOptions options) {
        return new ClientConfig(address, credentials, options, proxy, connectTimeout, readTimeout, userAgent, listener);
    }

    public ClientConfig withProxy(@Nullable ProxyAddress way) {
        return new ClientConfig(address, credentials, tls, way, connectTimeout, readTimeout, userAgent, listener);
    }

    public ClientConfig withTimeouts(Duration connect, Duration read) {
        return new ClientConfig(address, credentials, tls, proxy, connect, read, userAgent, listener);
    }

    public ClientConfig withUserAgent(String name) {
        return new ClientConfig(address, credentials, tls, proxy, connectTimeout, readTimeout, name, listener);
    }

    public ClientConfig withListener(CallListener calls) {
        return new ClientConfig(address, credentials, tls, proxy, connectTimeout, readTimeout, userAgent, calls);
    }
}
