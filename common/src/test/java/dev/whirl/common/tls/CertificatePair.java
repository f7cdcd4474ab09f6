package dev.whirl.common.tls;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/// A certificate that nobody but itself vouches for, and its key, both in PEM: for tests. Made by `openssl`.
public record CertificatePair(Path certificate, Path key) {
    /// @param name whose it is: `DNS:localhost` or `IP:127.0.0.1`
    public static CertificatePair in(Path folder, String name) {
        var pair = new CertificatePair(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        List<String> command = List.of(
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
                pair.key.toString(),
                "-out",
                pair.certificate.toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return pair;
        } catch (IOException e) {
            throw new UncheckedIOException("the program openssl is needed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// For clients that are to trust it.
    public String pem() {
        try {
            return Files.readString(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For a server in this process.
    public SSLContext context() {
        Map<String, String> told = Map.of("tls-certificate", certificate.toString(), "tls-key", key.toString());
        var reader = new ConfigReader(List.of(new ConfigReader.Source("test", told)), Map.of());
        TlsConfig tls = TlsConfig.read(reader, "");
        reader.finish();
        return Objects.requireNonNull(tls).context();
    }
}
