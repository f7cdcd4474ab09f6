package dev.whirl.common.tls;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// With what the listener speaks HTTPS. Prints without secrets: it has none.
///
/// @param context made of the certificate and its key
public record TlsConfig(SSLContext context) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /// Reads the two files.
    ///
    /// @param prefix of the two keys, such as `http.`
    /// @return null if neither is given, or they can't be used
    public static @Nullable TlsConfig read(ConfigReader reader, String prefix) {
        String certificateKey = prefix + "tls-certificate";
        String keyKey = prefix + "tls-key";
        String certificate = reader.text(
                certificateKey,
                "",
                "PEM file with the server's certificate and those that vouch for it: HTTPS instead of HTTP.");
        String key =
                reader.text(keyKey, "", "PEM file (PKCS#8, not encrypted) with the private key of that certificate.");
        if (certificate.isEmpty() && key.isEmpty()) {
            return null;
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            reader.problem("%s and %s are needed both".formatted(certificateKey, keyKey));
            return null;
        }
        try {
            return new TlsConfig(context(Path.of(certificate), Path.of(key)));
        } catch (IOException e) {
            reader.problem("%s, %s: can't be read: %s".formatted(certificateKey, keyKey, e.getMessage()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            reader.problem("%s, %s: %s".formatted(certificateKey, keyKey, e.getMessage()));
        }
        return null;
    }

    private static SSLContext context(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", privateKey(key), new char[0], chain(certificate));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new GeneralSecurityException(file + " holds no certificate");
            }
            return chain;
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new GeneralSecurityException(
                    "%s holds no private key in PKCS#8; to convert one: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
                            .formatted(file));
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = read(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new GeneralSecurityException(file + " holds a private key of an unknown sort");
    }

    private static Optional<PrivateKey> read(String algorithm, PKCS8EncodedKeySpec spec)
            throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(algorithm);
        try {
            return Optional.of(factory.generatePrivate(spec));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // a key of another sort
        }
    }
}
