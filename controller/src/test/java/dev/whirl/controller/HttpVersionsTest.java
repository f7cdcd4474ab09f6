package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that speak other versions of HTTP.
class HttpVersionsTest {
    private static final String ACTION = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}";
    private static final TestPlatform platform = TestPlatform.start();

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    @Tag("R-6")
    void clientsOfHttp10AreServedOneRequestAConnection() throws Exception {
        String ping = RawRequests.exchange(
                platform.port(), "GET /ping HTTP/1.0\r\nHost: x\r\n\r\nGET /ping HTTP/1.0\r\nHost: x\r\n\r\n");
        String written = RawRequests.exchange(
                platform.port(),
                RawRequests.put("old-style", "Content-Length: " + ACTION.length() + "\r\n")
                                .replace("HTTP/1.1", "HTTP/1.0")
                        + ACTION);

        assertThat(ping).startsWith("HTTP/1.1 200 ").containsIgnoringCase("connection: close");
        assertThat(ping).endsWith("pong").containsOnlyOnce("pong");
        assertThat(written).startsWith("HTTP/1.1 200 ").contains("\"name\":\"old-style\"");
        assertThat(platform.asGuest().get("actions/old-style").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-6")
    void clientsOfHttp10GetNoChunks() throws Exception {
        var large = new BulkyRecords(platform);
        String id = large.add(1024 * 1024);

        String record = RawRequests.exchange(
                platform.port(),
                "GET /api/v1/namespaces/_/activations/" + id + "/logs HTTP/1.0\r\nHost: x\r\n" + "Authorization: "
                        + Http.basic(TestPlatform.GUEST.reveal()) + "\r\n\r\n");

        assertThat(record).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("transfer-encoding");
        assertThat(TestPlatform.json(record.substring(record.indexOf("\r\n\r\n") + 4))
                        .field("logs")
                        .orElseThrow()
                        .elements())
                .hasSize(16);
    }

    @ParameterizedTest
    @Tag("R-6")
    @ValueSource(strings = {"GET /ping HTTP/2.1\r\nHost: x\r\n\r\n", "GET /ping HTTP/1.2\r\nHost: x\r\n\r\n"})
    void otherVersionsOfHttpAreRefused(String request) throws Exception {
        String answer = RawRequests.exchange(platform.port(), request);

        assertThat(answer)
                .satisfiesAnyOf(
                        each -> assertThat(each).startsWith("HTTP/1.1 505 "),
                        each -> assertThat(each).startsWith("HTTP/1.1 400 "));
        RawRequests.assertEnvelope(answer);
    }
}
