package dev.whirl.server.wait;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.whirl.common.config.ConfigReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitMainTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int waitFor(Map<String, String> settings, String... words) throws InterruptedException {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return WaitMain.run(
                List.of(words),
                _ -> new ConfigReader(List.of(new ConfigReader.Source("test", settings)), Map.of()),
                out);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsThereIsNotWaitedFor() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = waitFor(Map.of(), "127.0.0.1:" + server.getLocalPort());

            assertThat(code).isZero();
            assertThat(said()).isEqualTo("127.0.0.1:%d is there%n".formatted(server.getLocalPort()));
        }
    }

    @Test
    void anAddressIsThereWhenItAnswersWithSuccess() throws Exception {
        var asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/ready", exchange -> {
            boolean isReady = asked.incrementAndGet() > 2;
            byte[] body = (isReady ? "ready" : "not ready: no invoker").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isReady ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String address =
                "http://127.0.0.1:%d/ready".formatted(server.getAddress().getPort());
        try {
            int code = waitFor(Map.of(), address);

            assertThat(code).isZero();
            assertThat(said().lines())
                    .containsExactly(
                            "waiting for %s: it answers 503 not ready: no invoker".formatted(address),
                            address + " is there");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatDoesNotComeInTimeIsNamed() throws Exception {
        int port = freePort();

        int code = waitFor(
                Map.of("store.couchdb.url", "http://127.0.0.1:" + port, "store.couchdb.retries", "0"),
                "database",
                "--for=1ms");

        assertThat(code).isEqualTo(1);
        assertThat(said())
                .contains("waiting for the database: ")
                .contains("127.0.0.1:" + port)
                .endsWith("the database is not there in time%n".formatted());
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "somewhere | 'somewhere' is none of database, broker, http://HOST/PATH, HOST:PORT",
                "host:99999 | 'host:99999' is none of",
                "http://user:secret@host/ | an address must name a host, and no password",
                "host:1 --for=soon | 'soon' is not a duration",
                "--config=x | Missing required parameter"
            })
    void whatMakesNoSenseIsWrongUsage(String words, String sentence) throws Exception {
        int code = waitFor(Map.of(), words.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(said()).startsWith("whirl wait: ").contains(sentence).doesNotContain("secret");
    }

    @Test
    void theHelpSaysWhatCanBeWaitedFor() throws Exception {
        assertThat(waitFor(Map.of(), "--help")).isZero();
        assertThat(said()).contains("database", "broker", "HOST:PORT", "Examples:");
    }
}
