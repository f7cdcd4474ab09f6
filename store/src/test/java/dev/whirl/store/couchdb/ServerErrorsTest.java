package dev.whirl.store.couchdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.CouchClient.OutcomeUnknownException;
import dev.whirl.store.couchdb.CouchStoreConfig.Pace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a request that the database answers with an error of its own.
class ServerErrorsTest {
    private static final int RETRIES = 3;
    private static final Pace PACE = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(10), 2, RETRIES);

    /// Statuses of the next answers; 200 when there are no more.
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private CouchClient client;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Integer status = answers.poll();
            byte[] body = "{\"error\":\"any\",\"reason\":\"as told\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        client = new CouchClient(CouchStoreConfig.at(url, "", "", "").withPace(PACE), new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void whatMayBeMadeAgainIs(int status) {
        answers.addAll(List.of(status, status));

        assertThat(client.send(Call.get("whisks")).status()).isEqualTo(200);

        assertThat(requests).hasSize(3);
    }

    @Test
    void butNotForEver() {
        for (int i = 0; i < 100; i++) {
            answers.add(503);
        }

        assertThatExceptionOfType(StoreException.Unavailable.class)
                .isThrownBy(() -> client.send(Call.get("whisks")))
                .withMessageContaining("as told");

        assertThat(requests).hasSize(1 + RETRIES);
    }

    @Test
    void whetherAWriteWasMadeThatEndedInAnErrorItsCallerHasToFindOut() {
        answers.add(500);

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(() -> client.sendOnce(Call.write("PUT", "whisks/a", null)));

        assertThat(requests).hasSize(1);
    }

    @Test
    void aDatabaseThatAnotherProcessMadeMeanwhileIsThere() {
        answers.addAll(List.of(404, 412));

        assertThat(new CouchDesign(client, "").create("whisks")).isFalse();

        assertThat(requests).containsExactly("GET /whisks", "PUT /whisks");
    }
}
