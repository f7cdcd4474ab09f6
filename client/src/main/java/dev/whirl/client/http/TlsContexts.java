package dev.whirl.client.http;

import dev.whirl.client.OwnCertificateException;
import dev.whirl.client.TlsOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Turns [TlsOptions] into what the JDK needs.
final class TlsContexts {
    private TlsContexts() {}

    /// @throws IOException if a file cannot be read or used, with a reason for the user
    static SSLContext create(TlsOptions options) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(options.identity()), new TrustManager[] {trust(options)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager trust(TlsOptions options) throws IOException, GeneralSecurityException {
        Path authorities = options.authorities();
        if (options.trustsAnyServer()) {
            return new TrustAnyone();
        }
        return authorities == null || options.trustsJdk()
                ? ExplainingTrust.with(authorities)
                : ExplainingTrust.only(authorities);
    }

    private static KeyManager @Nullable [] keys(TlsOptions.@Nullable Identity identity) throws IOException {
        if (identity == null) {
            return null;
        }
        try {
            return PemIdentity.keyManagers(identity.certificate(), identity.key());
        } catch (NoSuchFileException e) {
            throw new OwnCertificateException("'%s' does not exist".formatted(e.getFile()), e);
        } catch (IOException e) {
            throw new OwnCertificateException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Accepts every certificate; an extended trust manager also answers for the host name.
    private static final class TrustAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
