package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.controller.api.http.HttpConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many large bodies and answers at a time.
class MemoryBoundsTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: x\r\nAuthorization: "
            + Http.basic(TestPlatform.GUEST.reveal()) + "\r\nContent-Type: application/json\r\n";

    @Test
    @Tag("attack-26")
    @Tag("attack-25")
    void recordsThatNobodyTakesFillNoMoreMemoryThanIsSetAside() throws Exception {
        List<RawSocket> slow = new ArrayList<>();
        try (var platform = start(64, 64)) {
            String id = new BulkyRecords(platform).add(30 * 1024 * 1024);
            for (int i = 0; i < 2; i++) {
                var socket = new RawSocket(platform.port());
                slow.add(socket);
                socket.send("GET /api/v1/namespaces/_/activations/" + id + HEAD + "\r\n");
                assertThat(socket.socket().getInputStream().read()).isEqualTo('H');
            }

            Reply third = platform.asGuest().get("activations/" + id);

            assertThat(third.status()).isEqualTo(503);
            assertThat(third.error())
                    .isEqualTo("The server's memory for large requests and answers is in use at the moment."
                            + " Nothing was changed; try again in a few seconds.");
            assertThat(third.headers()).containsEntry("retry-after", "2");
            close(slow);
            await().untilAsserted(() -> assertThat(
                            platform.asGuest().get("activations/" + id).body())
                    .hasSizeGreaterThan(30_000_000));
        } finally {
            close(slow);
        }
    }

    @Test
    @Tag("attack-26")
    @Tag("R-38")
    @Tag("R-11")
    void aListOfLargeRecordsIsSentOneByOneAndWhole() {
        try (var platform = start(64, 40)) {
            var records = new BulkyRecords(platform);
            for (int i = 0; i < 20; i++) {
                records.add(4 * 1024 * 1024);
            }

            Reply list = platform.asGuest().get("activations?docs=true&limit=200");

            assertThat(list.status()).isEqualTo(200);
            assertThat(list.json().elements()).hasSize(20);
        }
    }

    @Test
    @Tag("attack-26")
    void entitiesWithLargeParametersAreAnsweredFromTheMemorySetAside() {
        try (var platform = start(64, 1)) {
            Http guest = platform.asGuest();
            String some = "{\"parameters\":[{\"key\":\"p\",\"value\":\"" + "x".repeat(300_000) + "\"}]}";
            String many = "{\"parameters\":[{\"key\":\"p\",\"value\":\"" + "x".repeat(600_000) + "\"}]}";

            for (String each : new String[] {"triggers/t", "packages/p"}) {
                assertThat(guest.put(each, some).status()).isEqualTo(200);
                assertThat(guest.get(each).status()).isEqualTo(200);

                Reply refused = guest.put(each + "?overwrite=true", many);

                assertThat(refused.status()).isEqualTo(503);
                assertThat(guest.get(each).at("version")).isEqualTo("0.0.1");
            }
        }
    }

    @Test
    @Tag("attack-26")
    @Tag("R-26")
    void aPutThatCantBeAnsweredChangesNothing() {
        try (var platform = start(64, 1)) {
            String large = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + "x y ".repeat(500_000) + "\"}}";
            assertThat(platform.asGuest().put("actions/large", large).status()).isEqualTo(200);

            Reply refused = platform.asGuest().put("actions/large?overwrite=true", "{\"limits\":{\"timeout\":1000}}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(platform.asGuest().get("actions/large?code=false").at("version"))
                    .isEqualTo("0.0.1");
        }
    }

    @Test
    @Tag("attack-26")
    @Tag("R-24")
    void actionsWithLargeAnnotationsAreListedOneByOne() {
        try (var platform = start(64, 8)) {
            String body = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"annotations\":"
                    + "[{\"key\":\"a\",\"value\":\"" + "v".repeat(900_000) + "\"}]}";
            for (int i = 0; i < 12; i++) {
                assertThat(platform.asGuest().put("actions/a" + i, body).status())
                        .isEqualTo(200);
            }

            Reply list = platform.asGuest().get("actions");

            assertThat(list.status()).isEqualTo(200);
            assertThat(list.json().elements()).hasSize(12);
            assertThat(list.body()).hasSizeGreaterThan(12 * 900_000);
        }
    }

    @Test
    @Tag("attack-25")
    @Tag("attack-26")
    void slowBodiesTakeOnlyTheMemoryOfWhatCame() throws Exception {
        List<RawSocket> slow = new ArrayList<>();
        try (var platform = start(64, 64)) {
            platform.asGuest().putNodeAction("a");
            for (int i = 0; i < 20; i++) {
                var socket = new RawSocket(platform.port());
                slow.add(socket);
                String headers = i % 2 == 0
                        ? "Transfer-Encoding: chunked\r\n\r\n2000000\r\n"
                        : "Content-Length: 33554432\r\n\r\n";
                socket.send("PUT /api/v1/namespaces/_/actions/slow" + HEAD + headers + " ".repeat(100));
            }
            String large = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"" + "x y ".repeat(1_000_000) + "\"}}";

            assertThat(platform.asGuest().put("actions/large", large).status()).isEqualTo(200);
        } finally {
            close(slow);
        }
    }

    @Test
    @Tag("attack-26")
    void oneChunkIsCountedWhileItArrives() throws Exception {
        try (var platform = start(4, 64);
                var socket = new RawSocket(platform.port())) {
            platform.asGuest().putNodeAction("a");
            socket.send("POST /api/v1/namespaces/_/actions/a" + HEAD + "Transfer-Encoding: chunked\r\n\r\n2000000\r\n");

            int sent = sendUntilRefused(socket, 32);

            assertThat(sent).isLessThan(32);
        }
    }

    @Test
    @Tag("attack-26")
    @Tag("attack-32")
    void littleIsTakenFromStrangers() throws Exception {
        for (String framing :
                List.of("Transfer-Encoding: chunked\r\n\r\n2000000\r\n", "Content-Length: 33554432\r\n\r\n")) {
            try (var platform = start(64, 64);
                    var socket = new RawSocket(platform.port())) {
                socket.send("POST /api/v1/namespaces/_/actions/a HTTP/1.1\r\nHost: x\r\n" + framing);

                int sent = sendUntilRefused(socket, 32);

                assertThat(sent).isLessThan(32);
            }
        }
    }

    /// Sends megabytes until the server closes.
    private static int sendUntilRefused(RawSocket socket, int most) {
        String megabyte = " ".repeat(1024 * 1024);
        for (int i = 0; i < most; i++) {
            try {
                socket.send(megabyte);
            } catch (IOException e) {
                return i;
            }
        }
        return most;
    }

    private static void close(List<RawSocket> sockets) throws IOException {
        for (RawSocket each : sockets) {
            each.close();
        }
    }

    private static TestPlatform start(int bodyMegabytes, int readMegabytes) {
        HttpConfig standard = HttpConfig.DEFAULT;
        return TestPlatform.start(Options.STANDARD.withHttp(new HttpConfig(
                standard.host(),
                0,
                100,
                standard.maxContent(),
                standard.maxUri(),
                standard.maxHeaders(),
                ByteSize.mebibytes(bodyMegabytes),
                ByteSize.mebibytes(readMegabytes),
                Duration.ofSeconds(10),
                Duration.ofSeconds(6),
                Duration.ofSeconds(20),
                Duration.ofSeconds(70))));
    }
}
