package dev.whirl.e2e.catalog;

import dev.whirl.e2e.support.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that nobody else has signed, and its key.
record TestCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /// @param name whose it is: `IP:127.0.0.1` or `DNS:localhost`
    static TestCertificate in(Path folder, String name) {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Commands.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test",
                "-addext",
                "subjectAltName=" + name,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        return new TestCertificate(certificate, key);
    }

    /// For clients that are to trust it.
    String pem() {
        try {
            return Files.readString(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For a server in this process.
    SSLContext context() {
        Path store = key.resolveSibling("store.p12");
        Commands.run(
                "openssl",
                "pkcs12",
                "-export",
                "-passout",
                "pass:" + PASSWORD,
                "-inkey",
                key.toString(),
                "-in",
                certificate.toString(),
                "-out",
                store.toString());
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
