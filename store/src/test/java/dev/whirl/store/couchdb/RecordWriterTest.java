package dev.whirl.store.couchdb;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static dev.whirl.store.Examples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of records that CouchDB refuses. A server of a few lines stands for one that is strict: a request that
/// has `malformed` in it is a bad one, a document that has `unwanted` in it is forbidden.
class RecordWriterTest {
    private final List<RawJson> stored = new CopyOnWriteArrayList<>();
    private final List<ActivationId> told = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private HttpServer server;
    private CouchClient client;
    private RecordWriter writer;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var config = CouchStoreConfig.at(url, "", "", "");
        client = new CouchClient(config, metrics);
        writer = new RecordWriter(new Database(client, "activations"), config.records(), told::addAll, metrics);
    }

    @AfterEach
    void close() {
        writer.close();
        client.close();
        server.stop(0);
    }

    @Test
    void aBadRecordKeepsNoOtherFromBeingWritten() {
        for (int i = 0; i < 20; i++) {
            writer.add(record("fine", NOON.plusSeconds(i)), true);
        }
        Activation bad = record(ActivationId.random(), GUEST, "malformed", NOON);
        writer.add(bad, true);
        Activation last = record("fine", NOON);
        writer.add(last, true);

        writer.flush();

        assertThat(stored).hasSize(21);
        await().untilAsserted(() -> assertThat(told).hasSize(22).contains(bad.id(), last.id()));
        assertThat(writer.pendingBytes()).isZero();
        assertThat(dropped()).isEqualTo(1);
    }

    @Test
    void aRecordIsKeptWithoutTheLogsForWhichItIsRefused() {
        writer.add(record("chatty", NOON).withLogs(List.of("malformed", "x".repeat(200))), true);
        writer.add(record("loud", NOON).withLogs(List.of("unwanted", "x".repeat(200))), true);

        writer.flush();

        assertThat(stored).hasSize(2).allMatch(each -> each.toString().contains("The logs were left out"));
        assertThat(dropped()).isZero();
    }

    @Test
    void aForbiddenRecordIsGivenUp() {
        writer.add(record(ActivationId.random(), GUEST, "unwanted", NOON), true);
        writer.add(record("fine", NOON), true);

        writer.flush();

        assertThat(stored).hasSize(1);
        assertThat(dropped()).isEqualTo(1);
    }

    private double dropped() {
        return metrics.counter("whirl.store.records.dropped").count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            RawJson request = RawJson.parse(exchange.getRequestBody().readAllBytes());
            boolean isBad = request.toString().contains("malformed");
            byte[] reply = isBad
                    ? "{\"error\":\"bad_request\",\"reason\":\"it is\"}".getBytes(StandardCharsets.UTF_8)
                    : outcomes(request).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isBad ? 400 : 201, reply.length);
            exchange.getResponseBody().write(reply);
        } catch (MalformedJsonException e) {
            throw new IOException(e);
        }
    }

    private RawJson outcomes(RawJson request) {
        var out = new JsonWriter().startArray();
        for (RawJson each : request.field("docs").orElseThrow().elements()) {
            boolean isUnwanted = each.toString().contains("unwanted");
            out.startObject()
                    .field("id", each.field("_id").flatMap(RawJson::asText).orElseThrow());
            out.field(isUnwanted ? "error" : "rev", isUnwanted ? "forbidden" : "1-a")
                    .endObject();
            if (!isUnwanted) {
                stored.add(each);
            }
        }
        return out.endArray().toRawJson();
    }
}
