package dev.whirl.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.Unharmed;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Callers that send as slowly as they can, to keep the server busy with waiting.
@Tag("attack-25")
class SlowCallersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private static WhirlServer server;

    @BeforeAll
    static void start() {
        server = WhirlServer.start(ServerOptions.DEFAULT
                .with("http.header-time", "2s")
                .with("http.body-time", "2s")
                .with("http.send-time", "2s")
                .with("http.idle-time", "3s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Tag("R-7")
    void aBodyThatDoesNotComeIsNotWaitedForForEver() {
        String name = Names.unique("slow");
        try (var _ = Unharmed.watch(server);
                var raw = new RawHttp(server)) {
            raw.write(RawHttp.head("PUT", Api.action(name), "Content-Type: application/json", "Content-Length: 1000"));
            raw.write("{\"exec\":");

            String answer = raw.read(DEADLINE);

            assertThat(answer).startsWith("HTTP/1.1 408 ");
            assertThat(answer)
                    .contains("Connection: close")
                    .contains("\"error\":\"The request was not received in time.\"");
            Api.guest(server).get(Api.action(name)).expect(404);
        }
    }

    @Test
    void aBodyThatDripsIsNotWaitedForForEver() {
        try (var raw = new RawHttp(server)) {
            raw.write(
                    RawHttp.head("PUT", Api.action("drip"), "Content-Type: application/json", "Content-Length: 1000"));
            long begin = System.nanoTime();
            boolean open = true;
            while (open && System.nanoTime() - begin < DEADLINE.toNanos()) {
                open = raw.isWritten(new byte[] {' '}) && !raw.isClosedWithin(Duration.ofMillis(200));
            }

            assertThat(open).as("connection is still open").isFalse();
        }
    }

    @Test
    void aHeadThatDoesNotEndIsNotWaitedForForEver() {
        try (var raw = new RawHttp(server)) {
            raw.write("GET /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            assertThat(raw.isClosedWithin(DEADLINE)).isTrue();
        }
    }

    @Test
    void hundredsOfWaitingConnectionsLeaveRoomForOthers() {
        List<RawHttp> waiting = IntStream.range(0, 400)
                .mapToObj(_ -> new RawHttp(server).write(RawHttp.head("PUT", Api.action("wait"), "Content-Length: 9")))
                .toList();

        long begin = System.nanoTime();
        Api.guest(server).get("/api/v1/namespaces").expect(200);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        waiting.forEach(RawHttp::close);
    }

    @Test
    void callersThatDoNotTakeTheirAnswersDoNotKeepOthersFromTheirs() {
        Api guest = Api.guest(server);
        guest.create("large", Code.NODE, "// " + "x".repeat(8 << 20) + "\n" + Code.NODE_ECHO);
        try (var _ = Unharmed.watch(server)) {
            List<RawHttp> deaf = IntStream.range(0, 60)
                    .mapToObj(_ -> new RawHttp(server).write(RawHttp.head("GET", Api.action("large"))))
                    .toList();

            guest.get("/api/v1/namespaces").expect(200);
            Waiting.until(DEADLINE, () -> guest.get(Api.action("large")), answer -> answer.status() == 200);
            deaf.forEach(RawHttp::close);
        }
    }
}
