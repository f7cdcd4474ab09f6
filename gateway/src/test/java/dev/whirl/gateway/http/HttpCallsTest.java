package dev.whirl.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpCallsTest {
    private static HttpServer server;
    private static String address;

    private final HttpCalls calls = new HttpCalls(Duration.ofSeconds(10));

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo", exchange -> {
            byte[] body = "%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("X-Mine"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            exchange.getResponseHeaders().add("Set-Cookie", "c=d");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void aCallGoesOutAsItIsButForTheConnectionsHeaders() throws IOException {
        HttpCalls.TargetReply reply = calls.call(
                "POST",
                address + "/echo/a%20b?x=1",
                Map.of("x-mine", "1", "content-length", "999", "transfer-encoding", "chunked", "host", "evil"),
                "body".getBytes(StandardCharsets.UTF_8),
                1000);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("POST /echo/a%20b?x=1 1 body");
        assertThat(reply.fields())
                .contains(new HttpCalls.Field("set-cookie", "a=b"), new HttpCalls.Field("set-cookie", "c=d"))
                .noneMatch(each -> each.name().equals("content-length"));
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        assertThat(calls.get(address + "/away", "token", 100).status()).isEqualTo(302);
        assertThat(calls.call("GET", address + "/away", Map.of(), new byte[0], 100)
                        .status())
                .isEqualTo(302);
    }

    @Test
    void anAnswerIsBounded() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> calls.call("GET", address + "/echo", Map.of(), new byte[0], 5))
                .withMessageContaining("more than 5 bytes");
    }
}
