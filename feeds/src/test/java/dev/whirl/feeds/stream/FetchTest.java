package dev.whirl.feeds.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/whole", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[1000]);
            exchange.close();
        });
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        end.countDown();
        client.shutdownNow();
        server.stop(0);
    }

    @Test
    void aBodyIsTakenUpToItsBound() throws Exception {
        assertThat(Fetch.send(client, get("/whole"), 2000, Duration.ofSeconds(20))
                        .body())
                .hasSize(1000);
        assertThat(Fetch.send(client, get("/whole"), 300, Duration.ofSeconds(20))
                        .body())
                .hasSize(300);
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        assertThatThrownBy(() -> Fetch.send(client, get("/stalled"), 2000, Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class);
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
                .build();
    }
}
