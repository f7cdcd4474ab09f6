package dev.whirl.client.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts whom the JDK trusts, and whom a file of authorities trusts: that is read when the JDK
/// trusts a server not. Or trusts whom such a file trusts, and nobody else. Of a server that is not
/// trusted it tells that its certificate has expired, if it has: the JDK looks at the signatures
/// first, and stops there. `this` guards [#more].
final class ExplainingTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;
    private final @Nullable Path file;
    private @Nullable X509ExtendedTrustManager more;

    private ExplainingTrust(X509ExtendedTrustManager trust, @Nullable Path file) {
        this.trust = trust;
        this.file = file;
    }

    /// @param authorities a PEM file, beside those of the JDK; null for none
    static ExplainingTrust with(@Nullable Path authorities) throws GeneralSecurityException {
        return new ExplainingTrust(Authorities.ofJdk(), authorities);
    }

    /// @param authorities a PEM file, in place of those of the JDK
    /// @throws IOException if it can't be read, with a reason for the user
    static ExplainingTrust only(Path authorities) throws IOException, GeneralSecurityException {
        try {
            return new ExplainingTrust(Authorities.of(authorities), null);
        } catch (FileSystemException e) {
            throw new IOException("the authorities to trust can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checked(chain, each -> each.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checked(chain, each -> each.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checked(chain, each -> each.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    private interface Check {
        void run(X509ExtendedTrustManager each) throws CertificateException;
    }

    private void checked(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run(trust);
        } catch (CertificateException e) {
            if (!isTrustedByMore(check, e)) {
                explain(chain);
                throw e;
            }
        }
    }

    private boolean isTrustedByMore(Check check, CertificateException failure) {
        X509ExtendedTrustManager others = more(failure);
        if (others == null) {
            return false;
        }
        try {
            check.run(others);
            return true;
        } catch (CertificateException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /// Those of the file; null if there are none.
    ///
    /// @param failure is told why not
    private synchronized @Nullable X509ExtendedTrustManager more(CertificateException failure) {
        if (more == null && file != null) {
            try {
                more = Authorities.of(file);
            } catch (IOException | GeneralSecurityException e) {
                failure.addSuppressed(e);
            }
        }
        return more;
    }

    /// Only ever refuses more clearly: what is refused stays refused.
    private static void explain(X509Certificate[] chain) throws CertificateException {
        if (chain.length > 0) {
            chain[0].checkValidity();
        }
    }
}
