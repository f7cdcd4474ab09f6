package dev.whirl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.whirl.common.tls.CertificatePair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedServersTest {
    @TempDir
    private Path folder;

    private CertificatePair pair;
    private HttpsServer server;

    @BeforeEach
    void serve() throws IOException {
        pair = CertificatePair.in(folder, "IP:127.0.0.1");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pair.context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aServerIsTrustedWhoseCertificateIsGiven() throws CallException {
        try (HttpCalls calls = calls(pair.certificate())) {
            assertThat(status(calls)).isEqualTo(204);
        }
    }

    @Test
    void noOtherServerIsTrustedAndNothingIsSentToIt() {
        try (HttpCalls calls = calls(null)) {
            assertThatExceptionOfType(CallException.class)
                    .isThrownBy(() -> status(calls))
                    .matches(each -> each.reason() == CallException.Reason.AWAY)
                    .matches(CallException::isUnsent);
        }
    }

    @Test
    void certificatesThatAreGoneLaterAreTrustedOn() throws IOException {
        try (HttpCalls calls = calls(pair.certificate())) {
            Files.delete(pair.certificate());

            assertThat(status(calls)).isEqualTo(204);
        }
    }

    @Test
    void certificatesThatCanNotBeReadAreNamedBeforeAnyCall() {
        Path missing = folder.resolve("missing.pem");

        assertThatIllegalArgumentException().isThrownBy(() -> calls(missing)).withMessageContaining(missing.toString());
    }

    private static HttpCalls calls(@Nullable Path trust) {
        return new HttpCalls(new HttpCalls.Bounds(2, 2, Duration.ofSeconds(20)), trust);
    }

    private int status(HttpCalls calls) throws CallException {
        String url = "https://127.0.0.1:%d/".formatted(server.getAddress().getPort());
        return calls.call("GET", url, Map.of(), new byte[0], 1000, _ -> {}).status();
    }
}
