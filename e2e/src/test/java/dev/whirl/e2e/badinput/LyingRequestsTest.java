package dev.whirl.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.RawHttp;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.e2e.support.Unharmed;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.Messages;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are not what they say: of wrong length, cut, ambiguous.
class LyingRequestsTest {
    private static final WhirlServer SERVER = SharedServer.get();
    private static final Api GUEST = SharedServer.guest();
    private static final Duration SILENCE = Duration.ofMillis(700);
    private static final String BODY = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\"}}";

    private Unharmed unharmed;

    @BeforeEach
    void watch() {
        unharmed = Unharmed.watch(SERVER);
    }

    @AfterEach
    void check() {
        unharmed.close();
    }

    private static String put(String name, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        return RawHttp.head("PUT", Api.action(name), all.toArray(String[]::new));
    }

    /// An answer in the envelope, and nothing after it.
    private static void assertRefused(String answer, int status, String sentence) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        int body = answer.indexOf("\r\n\r\n") + 4;
        try {
            RawJson envelope = RawJson.parse(answer.substring(body));
            assertThat(envelope.fields()).containsOnlyKeys("error", "code");
            assertThat(envelope.field("error").flatMap(RawJson::asText).orElse(""))
                    .contains(sentence);
        } catch (MalformedJsonException e) {
            throw new AssertionError(answer, e);
        }
    }

    @Test
    void aBodyShorterThanAnnouncedStoresNothing() {
        String name = Names.unique("short");
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(put(name, "Content-Length: " + (BODY.length() + 50)))
                    .write(BODY)
                    .finish()
                    .read(SILENCE);

            assertRefused(answer, 400, "the connection ended before the body was complete");
        }
        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    void aBodyLongerThanAnnouncedIsNotReadPastItsEnd() {
        String name = Names.unique("long");
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(put(name, "Content-Length: " + (BODY.length() - 5)))
                    .write(BODY)
                    .finish()
                    .read(SILENCE);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("The request content was malformed:");
            assertThat(answer).doesNotContain("HTTP/1.1 200 ");
        }
        GUEST.get(Api.action(name)).expect(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 60})
    void aConnectionCutInTheMiddleStoresNothing(int kept) {
        String name = Names.unique("cut");
        var raw = new RawHttp(SERVER);

        raw.write(put(name, "Content-Length: " + BODY.length()))
                .write(BODY.substring(0, Math.min(kept, BODY.length() - 1)));
        raw.cut();

        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    void aLargeUploadCutInTheMiddleLeavesNothingBehind() {
        String name = Names.unique("cut");
        var raw = new RawHttp(SERVER);
        byte[] chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) 'x');

        raw.write(put(name, "Content-Length: 40000000")).write("{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"");
        for (int i = 0; i < 20; i++) {
            raw.write(chunk);
        }
        raw.cut();

        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    void aChunkedBodyThatNeverEndsProperlyStoresNothing() {
        String name = Names.unique("chunk");
        var ends = Map.of(
                "", "the connection ended before the body was complete",
                "zz\r\nxx\r\n0\r\n\r\n", "the length of a chunk is no hexadecimal number",
                "-5\r\nabc\r\n0\r\n\r\n", "the length of a chunk is no hexadecimal number",
                "fffffffffffffffff\r\n", "the length of a chunk is no hexadecimal number");
        ends.forEach((end, sentence) -> {
            try (var raw = new RawHttp(SERVER)) {
                String answer = raw.write(put(name, "Transfer-Encoding: chunked"))
                        .write(Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n" + end)
                        .finish()
                        .read(SILENCE);

                assertRefused(answer, 400, sentence);
            }
            GUEST.get(Api.action(name)).expect(404);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: x",
                "Content-Length: 10\r\nContent-Length: 20",
                "Content-Length: 99999999999999999999",
                "Content-Length: +5"
            })
    void anImpossibleLengthIsRefused(String header) {
        String name = Names.unique("length");
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(put(name, header)).write(BODY).read(SILENCE);

            assertRefused(answer, 400, Messages.REQUEST_BROKEN);
        }
        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    @Tag("R-7")
    @Tag("attack-26")
    void anAnnouncedUploadOfAHundredMegabytesIsRefusedBeforeItIsRead() {
        String name = Names.unique("huge");
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(put(name, "Content-Length: 100000000"))
                    .write("{\"exec\":")
                    .read(Duration.ofSeconds(3));

            assertRefused(answer, 413, "Request larger than allowed: 100000000 > 52428800 bytes.");
        }
        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    @Tag("R-7")
    @Tag("attack-26")
    void anUploadOfAHundredMegabytesWithoutAnnouncementIsStopped() {
        String name = Names.unique("huge");
        byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var raw = new RawHttp(SERVER)) {
            raw.write(put(name, "Transfer-Encoding: chunked"));
            int sent = 0;
            while (sent < 100 && raw.isWritten(chunk)) {
                sent++;
            }

            String answer = raw.read(Duration.ofSeconds(3));
            assertThat(sent).isLessThan(100);
            assertRefused(answer, 413, "larger than allowed");
        }
        GUEST.get(Api.action(name)).expect(404);
    }

    @Test
    @Tag("attack-40")
    void aRequestCannotBeSmuggledInsideAnother() {
        String name = Names.unique("smuggled");
        String hidden = put(name, "Content-Length: " + BODY.length()) + BODY;
        for (String first : new String[] {
            RawHttp.head(
                            "POST",
                            "/api/v1/namespaces",
                            "Content-Length: " + (5 + hidden.length()),
                            "Transfer-Encoding: chunked")
                    + "0\r\n\r\n",
            RawHttp.head("GET", "/api/v1/namespaces", "Transfer-Encoding: chunked", "Content-Length: 5") + "0\r\n\r\n",
            RawHttp.head("GET", "/api/v1/namespaces", "Transfer-Encoding : chunked") + "0\r\n\r\n",
            RawHttp.head("GET", "/api/v1/namespaces", "Transfer-Encoding: xchunked") + "0\r\n\r\n",
            RawHttp.head("GET", "/api/v1/namespaces", "Content-Length: 0\r\nContent-Length: " + hidden.length())
        }) {
            try (var raw = new RawHttp(SERVER)) {
                raw.write(first + hidden).read(SILENCE);
            }
            assertThat(GUEST.get(Api.action(name)).status()).as(first).isEqualTo(404);
        }
    }

    @Test
    @Tag("attack-39")
    void whatACallerWritesCannotBecomeAHeader() {
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(RawHttp.head("GET", Api.action("a%0d%0aX-Injected:%20yes%0d%0a%0d%0abody")))
                    .read(SILENCE);

            assertThat(answer).startsWith("HTTP/1.1 4");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("\nx-injected:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-ID: a\r\n folded: line",
                "X-Request-ID: tab\tand\u0001control",
                "X-Request-ID: <script>alert(1)</script>",
                "X-Request-ID: \"},{\"error\":\"x"
            })
    @Tag("attack-39")
    @Tag("R-4")
    void aHostileRequestIdDoesNotSpoilTheAnswer(String header) {
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(RawHttp.head("GET", Api.action("not-there"), header, "Connection: close"))
                    .read(SILENCE);

            assertThat(answer).startsWith("HTTP/1.1 4");
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            assertThat(body).doesNotContain("\u0001");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("\n folded", "\nfolded:");
        }
    }

    @Test
    @Tag("attack-39")
    void aVeryLongRequestIdIsNotTaken() {
        var answer = GUEST.send(GUEST.request(Api.action("not-there"))
                .header("X-Request-ID", "x".repeat(4000))
                .GET());

        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.header("X-Request-ID")).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
                "GET / HTTP/1.1\r\nno colon here\r\n\r\n",
                "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%c0%af HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String bytes) {
        try (var raw = new RawHttp(SERVER)) {
            String answer = raw.write(bytes).finish().read(SILENCE);

            assertThat(answer)
                    .doesNotContain("HTTP/1.1 2")
                    .doesNotContain("HTTP/1.1 5")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void tooManyOrTooLongHeadersAreRefused() {
        String many = "X-Filler: " + "y".repeat(100) + "\r\n";
        for (String header : new String[] {many.repeat(5000) + "X-End: 1", "X-Long: " + "y".repeat(2_000_000)}) {
            try (var raw = new RawHttp(SERVER)) {
                String answer = raw.write(RawHttp.head("GET", "/api/v1/namespaces", header))
                        .read(SILENCE);

                assertThat(answer).doesNotContain("HTTP/1.1 2").doesNotContain("HTTP/1.1 5");
            }
        }
    }

    @Test
    void aCallerThatLeavesDoesNotStopItsFunction() {
        String name = GUEST.stored(Code.NODE, Code.NODE_SLEEP, "");
        unharmed = Unharmed.watch(SERVER);
        var raw = new RawHttp(SERVER);
        raw.write(RawHttp.head(
                        "POST",
                        Api.action(name) + "?blocking=true",
                        "Content-Length: 14",
                        "Content-Type: application/json")
                + "{\"millis\":300}");
        raw.cut();

        Waiting.until(
                Duration.ofSeconds(10),
                () -> GUEST.get(Api.OWN + "/activations?name=" + name),
                answer -> answer.rows().size() == 1 || answer.status() != 200);
    }
}
