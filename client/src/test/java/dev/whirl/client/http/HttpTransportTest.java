package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.client.ClientConfig;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.ProxyAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The transport against a server that says byte for byte what it is told to say.
final class HttpTransportTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private ServerSocket listener;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> connections = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        for (Socket each : List.copyOf(connections)) {
            each.close();
        }
    }

    @Test
    void aConnectionServesSeveralCalls() {
        serve(List.of(OK, OK), List.of(OK));
        try (var transport = transport()) {
            assertThat(body(transport.send(get("/1")))).isEqualTo("ok");
            assertThat(body(transport.send(get("/2")))).isEqualTo("ok");
        }

        assertThat(connections).hasSize(1);
    }

    @Test
    void aProxyIsToldTheWholeAddress() {
        serve(List.of(OK));
        var config = ClientConfig.of("http://whirl.example", null)
                .withProxy(new ProxyAddress("127.0.0.1", listener.getLocalPort(), "a:b"));
        try (var transport = new HttpTransport(config)) {
            assertThat(body(transport.send(get("/1")))).isEqualTo("ok");
        }

        assertThat(requests.getFirst())
                .startsWith("GET http://whirl.example/1 HTTP/1.1\r\nHost: whirl.example\r\n")
                .contains("\r\nProxy-Authorization: Basic YTpi\r\n");
    }

    @Test
    void aPostIsNotSentTwiceWhenTheServerDropsTheConnection() {
        serve(List.of(OK, ""), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));

            assertThatThrownBy(() -> transport.send(call("POST", "/invoke"))).isInstanceOf(ConnectionException.class);
        }

        assertThat(requests).filteredOn(request -> request.startsWith("POST")).hasSize(1);
    }

    /// What was created already would be refused, and what was deleted not be there.
    @ParameterizedTest
    @ValueSource(strings = {"PUT /a?overwrite=false", "PUT /a", "DELETE /a"})
    void whatCreatesOrDeletesIsNotSentTwiceWhenTheServerDropsTheConnection(String request) {
        String[] parts = request.split(" ", 2);
        serve(List.of(OK, ""), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));

            assertThatThrownBy(() -> transport.send(call(parts[0], parts[1]))).isInstanceOf(ConnectionException.class);
        }

        assertThat(requests).filteredOn(each -> each.startsWith(parts[0])).hasSize(1);
    }

    @Test
    void whatReplacesIsSentAgainWhenAKeptConnectionTurnsOutToBeDead() {
        serve(List.of(OK, ""), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));

            assertThat(body(transport.send(call("PUT", "/a?overwrite=true")))).isEqualTo("ok");
        }
    }

    @Test
    void aGetIsSentAgainWhenAKeptConnectionTurnsOutToBeDead() {
        serve(List.of(OK, ""), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));

            assertThat(body(transport.send(get("/again")))).isEqualTo("ok");
        }
    }

    @Test
    void aPostAfterTheServerClosedGoesOnANewConnection() {
        serve(List.of(OK), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));
            Awaitility.await().until(() -> connections.getFirst().isClosed());
            Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);

            assertThat(body(transport.send(call("POST", "/invoke")))).isEqualTo("ok");
        }
    }

    @Test
    void chunksInterimAnswersAndBodiesUntilTheEndAreUnderstood() {
        serve(
                List.of(lines(
                        "HTTP/1.1 100 Continue",
                        "",
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "3;x=y",
                        "abc",
                        "A",
                        "0123456789",
                        "0",
                        "Trailer: t",
                        "",
                        "")),
                List.of("HTTP/1.0 200 OK\r\n\r\nto the end"));
        try (var transport = transport()) {
            assertThat(body(transport.send(get("/")))).isEqualTo("abc0123456789");
        }
        try (var transport = transport()) {
            assertThat(body(transport.send(get("/")))).isEqualTo("to the end");
        }
    }

    /// Far more than any bound, read from memory.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n|a: b\r\n",
                "|HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n|t: x\r\n",
                "HTTP/1.1 200 OK\r\nx: |y"
            })
    void whatNeverEndsIsNotReadForEver(String parts) {
        String[] once = parts.split("\\|", 2);
        byte[] much = (once[0] + once[1].repeat(200_000)).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new ReplyReader(new ByteArrayInputStream(much)).read(false, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("the (answer has (malformed headers|a header line that is too long)"
                        + "|server announces an answer again and again)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n0123456789abcdef\r\n3e0\r\n"
            })
    void aBodyThatIsTooLargeIsNotRead(String head) {
        byte[] answer = (head + "x".repeat(1_500)).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new ReplyReader(new ByteArrayInputStream(answer), 1_000).read(false, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is too large: more than 1000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n"
            })
    void aBrokenAnswerIsAFailedConnectionThatNamesTheAddress(String answer) {
        serve(List.of(answer));
        try (var transport = transport()) {
            assertThatThrownBy(() -> transport.send(call("POST", "/")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("http://127.0.0.1:" + listener.getLocalPort());
        }
    }

    @Test
    void aLargeBodyIsSentOnlyWhenTheServerWantsIt() {
        serve(List.of("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"));
        try (var transport = transport()) {
            var call = new HttpCall("PUT", "/", "/", new LinkedHashMap<>(), new byte[2 * 1024 * 1024]);

            assertThat(transport.send(call).status()).isEqualTo(413);
        }
        assertThat(requests).hasSize(1).allMatch(request -> request.contains("Expect: 100-continue\r\n"));
    }

    @Test
    void aLargeBodyIsSentAfterTheLeaveToSendIt() {
        serve(List.of("HTTP/1.1 100 Continue\r\n\r\n", OK));
        byte[] body = "GET / HTTP/1.1\r\n\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        try (var transport = transport()) {
            assertThat(body(transport.send(new HttpCall("PUT", "/", "/", new LinkedHashMap<>(), body))))
                    .isEqualTo("ok");
        }
    }

    @Test
    void anEndlessHeaderIsCutOff() {
        serve(List.of("HTTP/1.1 200 OK\r\nX: " + "a".repeat(100_000)));
        try (var transport = transport()) {
            assertThatThrownBy(() -> transport.send(get("/"))).isInstanceOf(ConnectionException.class);
        }
    }

    @Test
    void aSilentServerIsGivenUp() {
        var config = config().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200));
        try (var transport = new HttpTransport(config)) {
            assertThatThrownBy(() -> transport.send(get("/")))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("no answer in time");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotAskedForAgain() {
        serve(List.of(OK, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), List.of(OK));
        try (var transport = transport()) {
            transport.send(get("/"));

            assertThatThrownBy(() -> transport.send(get("/large")))
                    .isInstanceOfSatisfying(
                            ConnectionException.class,
                            failure -> assertThat(failure.isTooLarge()).isTrue())
                    .hasMessageContaining("the answer is too large: more than ");
        }

        assertThat(requests).filteredOn(each -> each.startsWith("GET /large")).hasSize(1);
    }

    @Test
    void theListenerIsToldOfTheHeadBeforeTheBodyIsThere() {
        serve(List.of("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no"));
        var heard = new ArrayList<String>();
        var listener = new CallListener() {
            @Override
            public void sending(HttpCall call) {
                heard.add("sending");
            }

            @Override
            public void answering(HttpCall call) {
                heard.add("answering");
            }

            @Override
            public void received(HttpReply reply) {
                heard.add("received");
            }

            @Override
            public void failed(HttpCall call) {
                heard.add("failed");
            }
        };
        try (var transport = new HttpTransport(config().withListener(listener))) {
            assertThatThrownBy(() -> transport.send(get("/"))).isInstanceOf(ConnectionException.class);
        }

        assertThat(heard).containsExactly("sending", "answering", "failed");
    }

    @Test
    void aHeaderWithALineBreakIsNotSent() {
        serve(List.of(OK));
        var headers = new LinkedHashMap<String, String>();
        headers.put("X", "a\r\nY: b");
        try (var transport = transport()) {
            assertThatThrownBy(() -> transport.send(HttpCall.withoutBody("GET", "/", "/", headers)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aServerThatStopsReadingIsLeft() {
        Thread.ofVirtual().start(() -> {
            try {
                Socket socket = listener.accept();
                connections.add(socket);
                request(socket.getInputStream());
                socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
                // the test sees it
            }
        });
        var config = config().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200));
        var call = new HttpCall("PUT", "/", "/", new LinkedHashMap<>(), new byte[32 * 1024 * 1024]);

        try (var transport = new HttpTransport(config)) {
            assertThatThrownBy(() -> transport.send(call))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageEndingWith("no answer in time")
                    .hasRootCauseInstanceOf(IOException.class)
                    .cause()
                    .hasMessage("the server reads nothing any more");
        }
    }

    /// Each list is a connection, each text the answer to one request on it; afterwards the connection is closed.
    @SafeVarargs
    private void serve(List<String>... scripts) {
        Thread.ofVirtual().start(() -> {
            for (List<String> script : scripts) {
                try (Socket socket = listener.accept()) {
                    connections.add(socket);
                    for (String answer : script) {
                        requests.add(request(socket.getInputStream()));
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        socket.getOutputStream().flush();
                    }
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private static String request(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed");
            }
            text.append((char) b);
        }
        return text.toString();
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private ClientConfig config() {
        return ClientConfig.of("http://127.0.0.1:" + listener.getLocalPort(), null);
    }

    private HttpTransport transport() {
        return new HttpTransport(config());
    }

    private static HttpCall get(String target) {
        return call("GET", target);
    }

    private static HttpCall call(String method, String target) {
        return HttpCall.withoutBody(method, target, target, new LinkedHashMap<>());
    }

    private static String body(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }
}
