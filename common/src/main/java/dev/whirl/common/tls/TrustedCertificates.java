package dev.whirl.common.tls;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Certificates (PEM) of those who vouch for a server, in place of those that Java trusts.
public final class TrustedCertificates {
    /// Of [#store].
    public static final String STORE_TYPE = "PKCS12";

    private TrustedCertificates() {}

    /// Reads a key that names such a file. What is wrong with the file is a problem of the configuration.
    ///
    /// @return null if none is named, or it can't be used
    public static @Nullable Path read(ConfigReader reader, String key) {
        String name = reader.text(key, "", "File with the certificates (PEM) to trust; empty for Java's own.")
                .strip();
        if (name.isEmpty()) {
            return null;
        }
        try {
            var _ = context(Path.of(name));
            return Path.of(name);
        } catch (IllegalArgumentException e) {
            reader.problem("%s: %s".formatted(key, e.getMessage()));
            return null;
        }
    }

    /// For connections that trust these certificates alone.
    ///
    /// @throws IllegalArgumentException with a sentence that names the file, if it can't be used
    public static SSLContext context(Path file) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store(file));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("%s can't be used: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// These certificates as Java keeps them, for libraries that make their connections themselves.
    ///
    /// @throws IllegalArgumentException with a sentence that names the file, if it can't be used
    public static KeyStore store(Path file) {
        try {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            int count = 0;
            for (Certificate each : certificates(file)) {
                store.setCertificateEntry("trusted-" + count++, each);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("%s holds no certificates in PEM".formatted(file), e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " can't be read");
        }
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("none found");
            }
            return found;
        }
    }
}
