package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.api.http.ApiRequest;
import dev.whirl.controller.api.http.Route;
import dev.whirl.gateway.Decision.Forward;
import dev.whirl.gateway.document.Target;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.store.memory.MemoryStores;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverHttpTest {
    private static final int MEBIBYTE = 1024 * 1024;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpCalls toControllers = new HttpCalls(new HttpCalls.Bounds(2, 2, Duration.ofSeconds(20)));
    private final HttpCalls toOthers = new HttpCalls(new HttpCalls.Bounds(2, 2, Duration.ofSeconds(5)));
    private HttpServer target;
    private Listening gateway;

    @BeforeEach
    void serve() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.setExecutor(threads);
        target.createContext("/bytes/", this::bytes);
        target.createContext("/silent", this::silent);
        target.start();
        var forwarding = new OverHttp(toControllers, toOthers, List.of(origin()), 1000);
        gateway = new Listening(
                List.of(
                        Route.open("GET", "/other/**", each -> forwarding.forward(each, remote(each), null, null)),
                        Route.open(
                                "GET", "/web/**", each -> forwarding.forward(each, webAction(rest(each)), null, null)),
                        Route.open(
                                "GET", "/malformed", each -> forwarding.forward(each, webAction("/{}"), null, null))),
                new MemoryStores().subjects(),
                ByteSize.mebibytes(32));
    }

    @AfterEach
    void close() {
        over.countDown();
        gateway.close();
        toControllers.close();
        toOthers.close();
        target.stop(0);
        threads.close();
    }

    private String origin() {
        return "http://127.0.0.1:" + target.getAddress().getPort();
    }

    private static String rest(ApiRequest request) {
        return request.path().rest(1);
    }

    private Forward remote(ApiRequest request) {
        return forward(new Target.Remote(origin(), rest(request), false), rest(request));
    }

    private static Forward webAction(String path) {
        return forward(new Target.WebAction(path, false), path);
    }

    private static Forward forward(Target to, String path) {
        return new Forward(to, path, "GET", "", new LinkedHashMap<>(), null);
    }

    private void bytes(HttpExchange exchange) throws IOException {
        int size = Integer.parseInt(exchange.getRequestURI().getPath().substring("/bytes/".length()));
        exchange.getResponseHeaders().add("content-type", "text/plain");
        exchange.sendResponseHeaders(200, size);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void silent(HttpExchange exchange) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Test
    void answersComeThroughWhole() {
        for (int size : new int[] {1, 64 * 1024, 64 * 1024 + 1, MEBIBYTE}) {
            HttpResponse<String> answer = gateway.get("/other/bytes/" + size);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("text/plain");
            assertThat(answer.body()).hasSize(size);
        }
    }

    @Test
    void aPathThatNoAddressMayHaveIsTheCallersFault() {
        HttpResponse<String> answer = gateway.get("/malformed");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("The path is malformed.");
    }

    @Test
    void anAnswerForWhichThereCanNeverBeMemoryIsTheTargetsFaultAndTakesNone() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = gateway.get("/other/bytes/" + 20 * MEBIBYTE);
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("The target of this API answers with more than 4 MB.");
            assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        }
        assertThat(gateway.get("/other/bytes/" + MEBIBYTE).statusCode()).isEqualTo(200);
    }

    @Test
    void aTargetThatIsSilentIsGivenUpAndKeepsNobodyElseWaiting() throws Exception {
        List<Future<HttpResponse<String>>> all = List.of(
                threads.submit(() -> gateway.get("/other/silent")),
                threads.submit(() -> gateway.get("/other/silent")),
                threads.submit(() -> gateway.get("/other/silent")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> all.stream().anyMatch(Future::isDone));

        assertThat(gateway.get("/web/bytes/1").statusCode()).isEqualTo(200);
        var statuses = new ArrayList<Integer>();
        for (Future<HttpResponse<String>> each : all) {
            statuses.add(each.get(20, TimeUnit.SECONDS).statusCode());
        }
        assertThat(statuses).containsExactlyInAnyOrder(504, 504, 503);
    }
}
