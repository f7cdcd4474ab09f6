package dev.whirl.server;

import dev.whirl.common.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A certificate for this machine that nobody but itself vouches for, with its key: for trying HTTPS. Made once and
/// kept, so that clients that were told to trust it go on doing so.
///
/// @param certificate in PEM
/// @param key in PEM, for its owner's eyes alone
record SelfSignedPair(Path certificate, Path key) {
    private static final String VALID_DAYS = "3650";
    private static final int PATIENCE_SECONDS = 60;
    private static final String ALIAS = "whirl";
    private static final String PASSWORD = "WHIRL_PAIR_PASSWORD";

    /// The pair that is in a folder; it is made if there is none or it is no longer valid.
    ///
    /// @throws ConfigException if it can't be made
    static SelfSignedPair in(Path folder) {
        var pair = new SelfSignedPair(folder.resolve("self-signed.crt"), folder.resolve("self-signed.key"));
        try {
            if (!pair.isValid()) {
                pair.make(folder);
            }
            return pair;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    List.of("--tls-self-signed: no certificate can be made in %s: %s".formatted(folder, e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException(List.of("--tls-self-signed: interrupted"));
        }
    }

    private boolean isValid() throws IOException {
        if (!Files.exists(certificate) || !Files.exists(key)) {
            return false;
        }
        try (var in = Files.newInputStream(certificate)) {
            var found =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            found.checkValidity();
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private void make(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path store = folder.resolve("self-signed.p12");
        Files.deleteIfExists(store);
        String password = UUID.randomUUID().toString();
        try {
            runKeytool(store, password);
            KeyStore made = KeyStore.getInstance(store.toFile(), password.toCharArray());
            write(key, "PRIVATE KEY", made.getKey(ALIAS, password.toCharArray()).getEncoded());
            write(certificate, "CERTIFICATE", made.getCertificate(ALIAS).getEncoded());
        } finally {
            Files.deleteIfExists(store);
        }
    }

    /// The password goes through the environment: arguments are in lists of processes.
    private static void runKeytool(Path store, String password) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var builder = new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                ALIAS,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=" + names(),
                "-validity",
                VALID_DAYS,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD);
        builder.environment().put(PASSWORD, password);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("keytool did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException("keytool failed with exit code " + process.exitValue());
        }
    }

    private static String names() {
        String local = "dns:localhost,ip:127.0.0.1,ip:::1";
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return host.matches("[A-Za-z][A-Za-z0-9.-]*") && !host.equals("localhost") ? local + ",dns:" + host : local;
        } catch (UnknownHostException e) {
            return local;
        }
    }

    private static void write(Path file, String label, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, text));
    }
}
