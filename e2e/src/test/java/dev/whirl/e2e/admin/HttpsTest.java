package dev.whirl.e2e.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HttpsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void aServerWithACertificateOfItsOwnSpeaksHttpsToThoseWhoTrustIt(@TempDir Path home) throws Exception {
        Path data = home.resolve("data");
        int port = WhirlServer.freePort();
        ServerOptions options = ServerOptions.DEFAULT.withData(data).withArguments("--tls-self-signed");
        try (WhirlServer server = WhirlServer.launch(options, port)) {
            Waiting.until(DEADLINE, server::output, text -> text.contains("ready at https://localhost:" + port));

            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:%d/api/v1/namespaces".formatted(port)))
                    .header("Authorization", Api.basic(Api.GUEST_KEY))
                    .timeout(DEADLINE)
                    .build();
            try (HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(trusting(data.resolve("tls/self-signed.crt")))
                    .build()) {
                var answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("[\"guest\"]");
            }
        }
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (var in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
