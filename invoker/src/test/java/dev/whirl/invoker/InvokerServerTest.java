package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.CertificatePair;
import dev.whirl.common.tls.TrustedCertificates;
import dev.whirl.invoker.http.InvokerServer;
import dev.whirl.invoker.http.InvokerServerConfig;
import dev.whirl.invoker.scripted.Script;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvokerServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private InvokerFixture fixture;
    private InvokerServer server;

    @BeforeEach
    void start() {
        fixture = new InvokerFixture(
                new Script(),
                InvokerFixture.config(1024, 100, dev.whirl.model.activation.StorageLevel.ALWAYS),
                new MemoryStores(),
                new SimpleMeterRegistry());
        server = new InvokerServer(
                new InvokerServerConfig(true, "127.0.0.1", 0, "operator:secret", null),
                fixture.invoker,
                () -> "a_figure 1\n");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        fixture.close();
    }

    @Test
    @Tag("R-172")
    @Tag("I-28")
    void anInvokerIsDisabledAndEnabledByItsOperator() throws Exception {
        assertThat(send("GET", "/isEnabled", "operator:secret").body()).isEqualTo("{\"enabled\":true}");

        assertThat(send("POST", "/disable", "operator:secret").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/isEnabled", "operator:secret").body()).isEqualTo("{\"enabled\":false}");
        assertThat(fixture.saysItIsDraining()).isTrue();

        assertThat(send("POST", "/enable", "operator:secret").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/isEnabled", "operator:secret").body()).isEqualTo("{\"enabled\":true}");
    }

    @Test
    @Tag("R-172")
    void everybodyMayPingAndTheOperatorSeesThePool() throws Exception {
        assertThat(send("GET", "/ping", "").body()).isEqualTo("pong");
        assertThat(send("GET", "/pool/count", "operator:secret").body()).isEqualTo("0");
        assertThat(RawJson.parse(send("GET", "/pool", "operator:secret").body()).fields())
                .containsKeys("busy", "idle", "prewarmed", "starting", "waiting");
        assertThat(send("GET", "/metrics", "operator:secret").body()).isEqualTo("a_figure 1\n");
        assertThat(send("GET", "/nothing", "operator:secret").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"GET,/isEnabled", "POST,/disable", "POST,/enable", "GET,/pool", "GET,/pool/count", "GET,/metrics"})
    @Tag("R-172")
    @Tag("attack-42")
    void nobodyElseMayDoAnything(String method, String path) throws Exception {
        for (String credentials : new String[] {"", "operator:wrong", "other:secret"}) {
            assertThat(send(method, path, credentials).statusCode()).isEqualTo(401);
        }
        assertThat(fixture.invoker.isTakingWork()).isTrue();
    }

    @Test
    @Tag("attack-32")
    void whoeverGuessesThePasswordIsSlowedDownAndTheOperatorIsNot() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(send("GET", "/pool", "operator:guess" + i).statusCode()).isEqualTo(401);
        }
        long start = System.nanoTime();

        HttpResponse<String> more = send("GET", "/pool", "operator:guess");

        assertThat(more.statusCode()).isEqualTo(429);
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(900).toNanos());
        assertThat(RawJson.parse(more.body()).field("error")).isPresent();
        assertThat(send("GET", "/pool", "operator:secret").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/pool", "").statusCode()).isEqualTo(401);
    }

    @Test
    void withACertificateItSpeaksOverTlsAlone(@TempDir Path folder) throws Exception {
        CertificatePair pair = CertificatePair.in(folder, "DNS:localhost");
        var secure = new InvokerServer(
                config("invoker.http.tls-certificate", pair.certificate(), "invoker.http.tls-key", pair.key()),
                fixture.invoker,
                () -> "");
        secure.start();
        try (var trusting = HttpClient.newBuilder()
                .sslContext(TrustedCertificates.context(pair.certificate()))
                .build()) {
            HttpRequest ping = HttpRequest.newBuilder(URI.create("https://localhost:%d/ping".formatted(secure.port())))
                    .build();

            assertThat(trusting.send(ping, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("pong");
            assertThatThrownBy(() -> client.send(ping, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
        } finally {
            secure.stop();
        }
    }

    private static InvokerServerConfig config(String oneKey, Path one, String otherKey, Path other) {
        Map<String, String> told = Map.of(
                "invoker.http.enabled",
                "yes",
                "invoker.http.port",
                "0",
                oneKey,
                one.toString(),
                otherKey,
                other.toString());
        var reader = new ConfigReader(List.of(new ConfigReader.Source("test", told)), Map.of());
        var config = InvokerServerConfig.read(reader);
        reader.finish();
        return config;
    }

    private HttpResponse<String> send(String method, String path, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!credentials.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
