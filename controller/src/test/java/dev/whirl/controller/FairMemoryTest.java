package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.http.HttpConfig;
import dev.whirl.model.identity.AuthKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whoever takes much memory and is slow takes it from nobody else.
class FairMemoryTest {
    private static final int MANY = 12;
    private static final String BODY = "{\"a\":\"" + "x".repeat(200_000) + "\"}";

    private final TestPlatform platform = start();
    private final List<RawSocket> slow = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawSocket each : slow) {
            each.close();
        }
        platform.close();
    }

    @Test
    @Tag("attack-26")
    @Tag("attack-32")
    void strangersThatSendSlowlyLeaveRoomForCallersWithKeys() throws Exception {
        platform.asGuest().put("actions/web", """
                {"exec": {"kind": "nodejs:20", "code": "x"},
                 "annotations": [{"key": "web-export", "value": true}]}""");
        for (int i = 0; i < MANY; i++) {
            stall("POST /api/v1/web/guest/default/web.json HTTP/1.1\r\nHost: x\r\n", 1_000_000);
        }

        guestIsServed();
    }

    @Test
    @Tag("attack-26")
    void aNamespaceThatSendsSlowlyLeavesRoomForOthers() throws Exception {
        platform.asGuest().putNodeAction("web");
        for (int i = 0; i < MANY; i++) {
            stall("PUT /api/v1/namespaces/_/actions/x" + i + head(TestPlatform.OTHER), 6_000_000);
        }

        guestIsServed();
    }

    @Test
    @Tag("attack-26")
    void aNamespaceThatReadsSlowlyLeavesRoomForOthers() throws Exception {
        Http other = platform.as(TestPlatform.OTHER);
        other.put("actions/big", "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + "x y ".repeat(1_500_000) + "\"}}");
        platform.asGuest().put("triggers/t", "{}");
        for (int i = 0; i < 2 * MANY; i++) {
            var socket = new RawSocket(platform.port());
            slow.add(socket);
            socket.socket().setReceiveBufferSize(4096);
            socket.send("GET /api/v1/namespaces/_/actions/big" + head(TestPlatform.OTHER) + "\r\n");
        }
        awaitWork();

        for (int i = 0; i < 3; i++) {
            assertThat(platform.asGuest().get("triggers").status()).isEqualTo(200);
        }
    }

    private void guestIsServed() {
        awaitWork();
        for (int i = 0; i < 5; i++) {
            assertThat(platform.asGuest()
                            .post("actions/web?blocking=true&result=true", BODY)
                            .status())
                    .isEqualTo(200);
        }
    }

    private void stall(String head, int length) throws IOException {
        var socket = new RawSocket(platform.port());
        slow.add(socket);
        try {
            socket.send(head + "Content-Length: " + length + "\r\n\r\n" + " ".repeat(length - 100));
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i)broken pipe|connection reset.*"); // it is refused already
        }
    }

    private void awaitWork() {
        await().until(() ->
                platform.meters().get("whirl_http_requests_in_work").gauge().value() >= 1);
    }

    private static String head(AuthKey key) {
        return " HTTP/1.1\r\nHost: x\r\nAuthorization: " + Http.basic(key.reveal()) + "\r\n";
    }

    private static TestPlatform start() {
        HttpConfig standard = HttpConfig.DEFAULT;
        return TestPlatform.start(Options.STANDARD.withHttp(new HttpConfig(
                standard.host(),
                0,
                100,
                ByteSize.mebibytes(7),
                standard.maxUri(),
                standard.maxHeaders(),
                ByteSize.mebibytes(16),
                ByteSize.mebibytes(96),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20),
                Duration.ofSeconds(70))));
    }
}
