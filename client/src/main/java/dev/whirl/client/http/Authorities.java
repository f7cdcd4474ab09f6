package dev.whirl.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Who is trusted to sign certificates.
final class Authorities {
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

    private Authorities() {}

    /// Those of the JDK.
    static X509ExtendedTrustManager ofJdk() throws GeneralSecurityException {
        return of((KeyStore) null);
    }

    /// Those of a PEM file. What is in it and is no certificate, or none that the JDK understands,
    /// is passed over.
    static X509ExtendedTrustManager of(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var factory = CertificateFactory.getInstance("X.509");
        Matcher matcher = CERTIFICATE.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        for (int i = 0; matcher.find(); i++) {
            byte[] pem = matcher.group().getBytes(StandardCharsets.ISO_8859_1);
            try {
                store.setCertificateEntry("authority-" + i, factory.generateCertificate(new ByteArrayInputStream(pem)));
            } catch (CertificateException _) {
                // it cannot have signed anything
            }
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate in " + file);
        }
        return of(store);
    }

    private static X509ExtendedTrustManager of(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("this JDK checks no certificates");
    }
}
