package dev.whirl.controller;

import static dev.whirl.controller.RawRequests.assertEnvelope;
import static dev.whirl.controller.RawRequests.post;
import static dev.whirl.controller.RawRequests.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.http.HttpConfig;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that do not keep to HTTP, or to good manners.
class ProtocolTest {
    private static final String ACTION = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}";
    private static final TestPlatform platform = start();

    private static TestPlatform start() {
        HttpConfig standard = HttpConfig.DEFAULT;
        return TestPlatform.start(Options.STANDARD.withHttp(new HttpConfig(
                standard.host(),
                0,
                100,
                ByteSize.mebibytes(2),
                standard.maxUri(),
                standard.maxHeaders(),
                ByteSize.mebibytes(9),
                ByteSize.mebibytes(9),
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofMillis(700),
                Duration.ofSeconds(70))));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @Tag("attack-40")
    @Tag("R-6")
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n",
                "Content-Length: 4, 4\r\n",
                "Content-Length: -4\r\n",
                "Content-Length: 4x\r\n",
                "Content-Length: +4\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked, chunked\r\n"
            })
    void contradictingLengthsAreRefusedAndTheConnectionCloses(String headers) throws Exception {
        String answers = exchange(put("smuggled", headers) + "0\r\n\r\nGET /ping HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answers).startsWith("HTTP/1.1 400 ");
        assertEnvelope(answers);
        assertThat(answers).doesNotContain("pong");
        assertMissing("smuggled");
    }

    @ParameterizedTest
    @Tag("R-6")
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /ping HTTP/3.0\r\nHost: x\r\n\r\n",
                "GET /ping HTTP/1.1\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: x\r\nNoColon\r\n\r\n",
                "GET /p\u0001ing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /api/v1?x=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            })
    void brokenRequestsAreAnsweredInTheEnvelope(String request) throws Exception {
        String answer = exchange(request);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertEnvelope(answer);
    }

    @Test
    @Tag("R-7")
    void longAddressesAndHeadersAreRefused() throws Exception {
        String address = exchange("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        String headers = exchange("GET /ping HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n");

        assertThat(address).startsWith("HTTP/1.1 414 ").contains("The address is longer than allowed.");
        assertThat(headers).startsWith("HTTP/1.1 400 ");
        assertEnvelope(headers);
    }

    @Test
    @Tag("R-7")
    @Tag("R-68")
    void aBodyThatSaysItIsTooLargeIsRefusedUnread() throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send(put("large", "Content-Length: 104857600\r\n"));

            String answer = socket.readAll();

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Request larger than allowed: 104857600 > 2097152 bytes.");
            assertEnvelope(answer);
        }
        assertMissing("large");
    }

    @Test
    @Tag("R-7")
    @Tag("attack-26")
    void aChunkedBodyIsCounted() throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send(post("actions/none", "Transfer-Encoding: chunked\r\n"));
            assertThat(socket.readResponse()).startsWith("HTTP/1.1 404 ");
        }
        platform.asGuest().putNodeAction("chunky");
        try (var socket = new RawSocket(platform.port())) {
            socket.send(post("actions/chunky", "Transfer-Encoding: chunked\r\n"));
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                trySend(socket, chunk);
            }

            assertThat(socket.readResponse())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Request larger than allowed: 1")
                    .contains(" > 1048576 bytes.")
                    .containsIgnoringCase("connection: close");
        }
        try (var socket = new RawSocket(platform.port())) {
            socket.send(post("actions/chunky?blocking=true&result=true", "Transfer-Encoding: chunked\r\n")
                    + "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n");

            assertThat(socket.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @Tag("attack-40")
    @Tag("R-6")
    @CsvSource({
        "zz/, 400, the length of a chunk is no hexadecimal number",
        "-1/, 400, the length of a chunk is no hexadecimal number",
        "ffffffffffffffffff/, 400, the length of a chunk is no hexadecimal number",
        "fffffffffffffff/, 413, larger than allowed",
        "ffffffff/, 413, larger than allowed",
        "7fffffff/, 413, larger than allowed",
        "5/abc, 400, the connection ended before the body was complete",
        "3/abc/, 400, the connection ended before the body was complete",
        "'', 400, the connection ended before the body was complete"
    })
    void brokenChunksAreRefusedInTheEnvelopeAndChangeNothing(String chunk, int status, String sentence)
            throws Exception {
        String answer = exchange(put("broken", "Transfer-Encoding: chunked\r\n") + chunk.replace("/", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(sentence);
        assertEnvelope(answer);
        assertMissing("broken");
    }

    @ParameterizedTest
    @Tag("attack-26")
    @Tag("R-6")
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void aCompressedBodyIsRefusedWithTheReason(String encoding) throws Exception {
        String answer = exchange(put("packed", "Content-Encoding: " + encoding + "\r\nContent-Length: 2\r\n") + "{}");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Content-Encoding is not supported");
        assertEnvelope(answer);
        assertMissing("packed");
    }

    @Test
    @Tag("attack-40")
    void aChunkThatGoesOnBeyondItsLengthIsRefused() throws Exception {
        String size = Integer.toHexString(ACTION.length());

        String answer =
                exchange(put("smuggled", "Transfer-Encoding: chunked\r\n") + size + "\r\n" + ACTION + "XX0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close");
        assertMissing("smuggled");
    }

    @ParameterizedTest
    @Tag("attack-25")
    @Tag("R-6")
    @ValueSource(ints = {1, 300_000})
    void aBodyThatEndsTooEarlyIsRefusedInTheEnvelopeAndChangesNothing(int missing) throws Exception {
        String answer = exchange(put("cut", "Content-Length: " + (ACTION.length() + missing) + "\r\n") + ACTION);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("The request content was malformed:\\nRequest: the connection ended before the body was"
                        + " complete");
        assertEnvelope(answer);
        assertMissing("cut");
    }

    @ParameterizedTest
    @Tag("R-7")
    @Tag("attack-25")
    @ValueSource(
            strings = {
                "PUT /api/v1/namespaces/_/actions/slow HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n"
                        + "Content-Length: 100\r\n\r\n{",
                "PUT /api/v1/namespaces/_/actions/slow HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nfff\r\n{",
                "GET /ping HTTP/1.1\r\nHost:",
                "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx"
            })
    void slowBodiesAndHeadersAreCut(String beginning) throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send(beginning.formatted(Http.basic(TestPlatform.GUEST.reveal())));

            drip(socket);
        }
        assertMissing("slow");
    }

    @ParameterizedTest
    @Tag("R-6")
    @Tag("R-7")
    @Tag("attack-25")
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\nfff\r\n{"})
    void aBodyThatStallsIsToldSoBeforeTheConnectionCloses(String end) throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send("PUT /api/v1/namespaces/_/actions/slow HTTP/1.1\r\nHost: x\r\nX-Request-ID: mine\r\n"
                    + "Authorization: %s\r\n%s".formatted(Http.basic(TestPlatform.GUEST.reveal()), end));

            String answer = socket.readAll();

            assertThat(answer).startsWith("HTTP/1.1 408 Request Timeout\r\n");
            assertThat(answer).contains("\r\nConnection: close\r\n", "\r\nX-Request-ID: mine\r\n");
            assertThat(answer).endsWith("{\"error\":\"The request was not received in time.\",\"code\":\"mine\"}");
        }
        assertMissing("slow");
    }

    @Test
    @Tag("R-7")
    void aConnectionIsClosedWhenTheClientWantsIt() throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(socket.readAll())
                    .containsIgnoringCase("connection: close")
                    .endsWith("pong");
        }
    }

    /// Sends a byte now and then, until the server has enough of it.
    private static void drip(RawSocket socket) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        socket.socket().setSoTimeout(50);
        while (System.nanoTime() < deadline) {
            try {
                socket.send(" ");
                int next = socket.socket().getInputStream().read();
                if (next < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException e) {
                assertThat(e).isNotNull(); // still open: go on
            } catch (IOException e) {
                return;
            }
        }
        throw new AssertionError("still connected");
    }

    @Test
    @Tag("attack-25")
    void aClientThatDoesNotReadItsAnswersIsCut() throws Exception {
        platform.asGuest()
                .put("actions/big", "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + "x y ".repeat(400_000) + "\"}}");
        double before = answered();
        try (var socket = new RawSocket(platform.port())) {
            socket.socket().setReceiveBufferSize(4096);
            socket.send(("GET /api/v1/namespaces/_/actions/big HTTP/1.1\r\nHost: x\r\nAuthorization: "
                            + Http.basic(TestPlatform.GUEST.reveal()) + "\r\n\r\n")
                    .repeat(20));
            await().pollInterval(Duration.ofMillis(5)).until(() -> inWork() > 0);

            await().during(Duration.ofMillis(200)).until(() -> inWork() == 0);

            assertThat(answered() - before).isLessThan(20);
        }
    }

    private static double answered() {
        return platform.meters().find("whirl_http_requests").tag("status", "200").timers().stream()
                .mapToDouble(Timer::count)
                .sum();
    }

    private static double inWork() {
        return platform.meters().get("whirl_http_requests_in_work").gauge().value();
    }

    @Test
    @Tag("attack-25")
    void aPutCutHalfWayChangesNothing() throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send(put("half", "Content-Length: 100000\r\n") + ACTION);
            socket.socket().setSoLinger(true, 0);
        }
        assertMissing("half");
    }

    @Test
    @Tag("R-7")
    void aBodyIsOnlyAskedForWhenItIsWanted() throws Exception {
        platform.asGuest().putNodeAction("expected");
        try (var socket = new RawSocket(platform.port())) {
            socket.send(post(
                    "actions/expected?blocking=true&result=true", "Content-Length: 2\r\nExpect: 100-continue\r\n"));
            assertThat(socket.readResponse()).startsWith("HTTP/1.1 100 ");
            assertThat(socket.send("{}").readResponse()).endsWith("{}");
        }
        try (var socket = new RawSocket(platform.port())) {
            String headers = "Content-Length: 2\r\nExpect: 100-continue\r\n";
            socket.send("POST /api/v1/namespaces/_/actions/x HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
            assertThat(socket.readAll()).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    @Tag("R-7")
    void aConnectionGoesOnAfterARefusedBody() throws Exception {
        try (var socket = new RawSocket(platform.port())) {
            socket.send("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            assertThat(socket.readResponse()).startsWith("HTTP/1.1 404 ");

            socket.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(socket.readResponse()).endsWith("pong");
        }
    }

    @Test
    @Tag("attack-26")
    void largeBodiesTogetherHaveBoundedMemory() {
        HttpConfig small = new HttpConfig(
                "127.0.0.1",
                0,
                100,
                ByteSize.mebibytes(2),
                ByteSize.kibibytes(8),
                ByteSize.kibibytes(16),
                ByteSize.kibibytes(300),
                ByteSize.kibibytes(300),
                Duration.ofSeconds(1),
                Duration.ofMillis(600),
                Duration.ofSeconds(1),
                Duration.ofSeconds(70));
        try (var tight = TestPlatform.start(Options.STANDARD.withHttp(small))) {
            Http guest = tight.asGuest();
            String fits = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + "x y ".repeat(25_000) + "\"}}";
            String tooLarge = fits.replace("x y ", "x y x y ");

            for (int i = 0; i < 3; i++) {
                assertThat(guest.put("actions/fits?overwrite=true", fits).status())
                        .isEqualTo(200);
                assertThat(guest.get("actions/fits").status()).isEqualTo(200);
                assertThat(guest.put("actions/too-large", tooLarge).status()).isEqualTo(503);
            }
            assertThat(guest.get("actions/too-large").status()).isEqualTo(404);
        }
    }

    @Test
    @Tag("attack-39")
    void nothingOfARequestBreaksOutOfAHeader() throws Exception {
        String answer =
                exchange("GET /ping HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\tb\u0085c\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("a\tb");
    }

    private static void trySend(RawSocket socket, String text) {
        try {
            socket.send(text);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("timed out"); // refused already
        }
    }

    private static String exchange(String request) throws IOException {
        return RawRequests.exchange(platform.port(), request);
    }

    private static void assertMissing(String name) {
        assertThat(platform.asGuest().get("actions/" + name).status()).isEqualTo(404);
    }
}
