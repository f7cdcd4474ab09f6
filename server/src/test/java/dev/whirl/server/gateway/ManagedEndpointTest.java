package dev.whirl.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.common.units.ByteSize;
import dev.whirl.gateway.Gateway;
import dev.whirl.gateway.document.ApiReader;
import dev.whirl.gateway.document.TargetRules;
import dev.whirl.gateway.http.HttpCalls;
import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.manage.RefusedException;
import dev.whirl.gateway.policy.Guard;
import dev.whirl.gateway.policy.RateLimits;
import dev.whirl.gateway.policy.Tokens;
import dev.whirl.gateway.store.file.FileApiStore;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.memory.MemoryStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedEndpointTest {
    private static final int KIBIBYTE = 1024;
    private static final int SLOW_CALLS = 12;

    @TempDir
    private Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch dripping = new CountDownLatch(SLOW_CALLS);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpCalls calls = new HttpCalls(new HttpCalls.Bounds(64, 32, Duration.ofSeconds(60)));
    private HttpServer fine;
    private HttpServer slow;
    private FileApiStore store;
    private Listening gateway;

    @BeforeEach
    void serve() throws IOException, RefusedException {
        fine = target(ManagedEndpointTest::megabyte);
        slow = target(this::drip);
        store = FileApiStore.open(folder);
        var apis = new Apis(store, new ApiReader(new TargetRules(Set.of(host(fine), host(slow))), 10), 10);
        apis.refresh();
        apis.save("fine", api(host(fine)), null);
        apis.save("slow", api(host(slow)), null);
        var decisions = new Gateway(
                apis,
                new Guard(new Tokens(calls, InstantSource.system(), System::nanoTime)),
                new RateLimits(System::nanoTime),
                new SimpleMeterRegistry());
        var forwarding = new OverHttp(calls, calls, List.of(), 1000);
        gateway = new Listening(
                ManagedEndpoint.routes(decisions, forwarding, 1000),
                new MemoryStores().subjects(),
                ByteSize.mebibytes(16));
    }

    @AfterEach
    void close() {
        over.countDown();
        gateway.close();
        calls.close();
        store.close();
        fine.stop(0);
        slow.stop(0);
        threads.close();
    }

    @Test
    @Tag("attack-26")
    void callsOfATargetThatDripsTakeTheMemoryOfItsTenantAlone() throws InterruptedException {
        for (int i = 0; i < SLOW_CALLS; i++) {
            threads.execute(() -> gateway.get("/api/slow/a"));
        }
        assertThat(dripping.await(20, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 5; i++) {
            HttpResponse<String> answer = gateway.get("/api/fine/a");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).hasSize(KIBIBYTE * KIBIBYTE);
        }
    }

    private HttpServer target(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static String host(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static RawJson api(String host) {
        try {
            return RawJson.parse("""
                    {"swagger":"2.0","info":{"title":"s"},"basePath":"/","paths":{"/a":{"get":{}}},
                     "x-gateway-configuration":{"assembly":{"execute":[{"invoke":{"target-url":"http://%s/x"}}]}}}""".formatted(host));
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static void megabyte(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, KIBIBYTE * KIBIBYTE);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(new byte[KIBIBYTE * KIBIBYTE]);
        }
    }

    /// Much of an answer that goes on without end; all of them together are more than strangers may have.
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(new byte[256 * KIBIBYTE]);
            out.flush();
            dripping.countDown();
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
