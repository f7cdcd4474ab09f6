package dev.whirl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.whirl.common.tls.CertificatePair;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedServersTest {
    @TempDir
    private Path folder;

    @Test
    void aServerIsTrustedWhoseCertificateIsGivenAndNoOther() throws Exception {
        CertificatePair pair = CertificatePair.in(folder, "IP:127.0.0.1");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(pair.context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "https://127.0.0.1:%d/".formatted(server.getAddress().getPort());

            assertThat(status(url, pair.certificate())).isEqualTo(204);
            assertThatExceptionOfType(CallException.class).isThrownBy(() -> status(url, null));
        } finally {
            server.stop(0);
        }
    }

    private static int status(String url, @Nullable Path trust) throws CallException {
        try (var calls = new HttpCalls(new HttpCalls.Bounds(2, 2, Duration.ofSeconds(20)), trust)) {
            return calls.call("GET", url, Map.of(), new byte[0], 1000, _ -> {}).status();
        }
    }
}
