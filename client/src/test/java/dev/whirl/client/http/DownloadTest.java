package dev.whirl.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.client.ScriptedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadTest {
    private static final Download.Limits LIMITS = new Download.Limits(1_000, Duration.ofSeconds(20));

    private ScriptedServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void redirectionsAreFollowed() throws Exception {
        server.answer(302, "", Map.of("Location", "/there?x=1")).answer(200, "code");

        assertThat(Download.get(uri("/a.js"), LIMITS, Map.of())).asString().isEqualTo("code");
        assertThat(server.last().target()).isEqualTo("/there?x=1");
        assertThat(server.last().header("Authorization")).isEmpty();
    }

    @Test
    void aServerElsewhereIsReachedByTheProxyOfTheEnvironment() throws Exception {
        String proxy = server.url().replace("http://", "http://me:secret@");
        server.answer(302, "", Map.of("Location", "http://other.example/b.js")).answer(200, "code");

        byte[] bytes = Download.get(URI.create("http://code.example/a.js"), LIMITS, Map.of("http_proxy", proxy));

        assertThat(bytes).asString().isEqualTo("code");
        assertThat(server.seen())
                .extracting(ScriptedServer.Seen::target)
                .containsExactly("http://code.example/a.js", "http://other.example/b.js");
        assertThat(server.last().header("Proxy-authorization")).isEqualTo("Basic bWU6c2VjcmV0");
    }

    @Test
    void aProxyThatCannotBeUsedIsTold() {
        var environment = Map.of("HTTP_PROXY", "socks5://proxy");

        assertThatThrownBy(() -> Download.get(URI.create("http://code.example/a.js"), LIMITS, environment))
                .hasMessage(
                        "the proxy cannot be used: HTTP_PROXY names a proxy of socks5://, and only http:// is understood");
    }

    @Test
    void aServerThatRedirectsForEverIsLeft() {
        for (int i = 0; i < 10; i++) {
            server.answer(301, "", Map.of("Location", "/again"));
        }

        assertThatThrownBy(() -> Download.get(uri("/"), LIMITS, Map.of()))
                .hasMessage("the server redirects again and again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/x", "http://user:key@example.com/", "https:///x"})
    void redirectionsToElsewhereThanTheWebAreRefused(String location) {
        server.answer(302, "", Map.of("Location", location));

        assertThatThrownBy(() -> Download.get(uri("/"), LIMITS, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("the server redirects to where it must not");
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        server.answer(200, "x".repeat(1_001));

        assertThatThrownBy(() -> Download.get(uri("/"), LIMITS, Map.of())).hasMessage("it has more than 1000 bytes");
    }

    @Test
    void otherStatusesAreTold() {
        server.answer(404, "not here");

        assertThatThrownBy(() -> Download.get(uri("/"), LIMITS, Map.of()))
                .hasMessage("the server answers with status 404");
    }

    @Test
    void aServerThatNeverEndsItsAnswerIsLeft() throws Exception {
        try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerSlowly(listener));
            var limits = new Download.Limits(1_000, Duration.ofMillis(500));

            assertThatThrownBy(() -> Download.get(
                            URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/"), limits, Map.of()))
                    .hasMessage("it was not there after 0 s");
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        int port;
        try (var listener = new ServerSocket(0)) {
            port = listener.getLocalPort();
        }

        assertThatThrownBy(() -> Download.get(URI.create("http://127.0.0.1:" + port + "/"), LIMITS, Map.of()))
                .hasMessage("no connection to the server");
        assertThatThrownBy(() -> Download.get(URI.create("http://nowhere.invalid/"), LIMITS, Map.of()))
                .hasMessage("there is no such host");
    }

    /// Sends the head, and holds the connection until the client hangs up.
    private static void answerSlowly(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // the client hung up
        }
    }

    private URI uri(String path) {
        return URI.create(server.url() + path);
    }
}
