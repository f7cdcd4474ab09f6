package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.document.Target;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.store.memory.MemoryStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which of several controllers a call goes to; each has one connection.
class PassedOverTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpCalls calls = new HttpCalls(new HttpCalls.Bounds(4, 1, Duration.ofSeconds(20)));
    private HttpServer first;
    private HttpServer second;

    @BeforeEach
    void serve() throws IOException {
        first = controller("first");
        second = controller("second");
    }

    @AfterEach
    void close() {
        over.countDown();
        calls.close();
        first.stop(0);
        second.stop(0);
        threads.close();
    }

    private HttpServer controller(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/who", exchange -> answer(exchange, name));
        server.createContext("/slow", exchange -> {
            begun.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, name);
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String origin(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private Listening gateway(String... controllers) {
        var forwarding = new OverHttp(calls, calls, List.of(controllers), 1000);
        return new Listening(
                List.of(Route.open("GET", "/web/**", each -> forward(forwarding, each))),
                new MemoryStores().subjects(),
                ByteSize.mebibytes(32));
    }

    private static Answer forward(OverHttp forwarding, ApiRequest request) {
        String path = request.path().rest(1);
        var to = new Target.WebAction(path, false);
        return forwarding.forward(request, new Forward(to, path, "GET", "", new LinkedHashMap<>(), null), null, null);
    }

    private static String who(Listening gateway) {
        HttpResponse<String> answer = gateway.get("/web/who");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void aControllerThatCanNotBeReachedIsPassedOver() throws IOException {
        try (Listening gateway = gateway(nobody(), origin(first), nobody())) {
            for (int i = 0; i < 6; i++) {
                assertThat(who(gateway)).isEqualTo("first");
            }
        }
    }

    @Test
    void aControllerThatBreaksOffTheHandshakeIsPassedOver() throws IOException {
        try (var breaking = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Listening gateway = gateway("https://127.0.0.1:" + breaking.getLocalPort(), origin(first))) {
            threads.execute(() -> breakOff(breaking));

            assertThat(who(gateway)).isEqualTo("first");
        }
    }

    private static void breakOff(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                server.accept().close();
            }
        } catch (IOException _) {
            // closed
        }
    }

    @Test
    void aControllerWithoutAFreeConnectionIsPassedOverButNotForTheNextCalls() throws Exception {
        try (Listening gateway = gateway(origin(first), origin(second))) {
            Future<HttpResponse<String>> slow = threads.submit(() -> gateway.get("/web/slow"));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(List.of(who(gateway), who(gateway))).containsExactly("second", "second");

            over.countDown();
            assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("first");
            assertThat(List.of(who(gateway), who(gateway))).containsExactlyInAnyOrder("first", "second");
        }
    }
}
