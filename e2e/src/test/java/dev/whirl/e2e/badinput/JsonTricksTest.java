package dev.whirl.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack-26")
class JsonTricksTest {
    private static final Api GUEST = SharedServer.guest();
    private static final String ECHO = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

    @ParameterizedTest
    @ValueSource(ints = {2_000, 500_000})
    void aVeryDeepArgumentIsRefused(int depth) {
        String payload = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        GUEST.invoke(ECHO, payload).expectErrorStarting(400, "The request content was malformed:\n");
        GUEST.invoke(ECHO, "{\"a\":" + "[".repeat(depth))
                .expectErrorStarting(400, "The request content was malformed:\n");
    }

    @Test
    void aDeepButReasonableArgumentServes() {
        String payload = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThat(GUEST.result(ECHO, payload).expect(200).body()).isEqualTo(payload);
    }

    @Test
    void aVeryDeepEntityIsRefused() {
        String name = Names.unique("deep");
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        GUEST.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"},\"annotations\":[{\"key\":\"k\",\"value\":%s}]}"
                                .formatted(deep))
                .expectErrorStarting(400, "The request content was malformed:\n");
        GUEST.get(Api.action(name)).expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "123456789012345678901234567890", "0.1e-400", "-0", "1E5"})
    void anyNumberThatJsonAllowsPassesThrough(String number) {
        String name = GUEST.stored(Code.PYTHON, "def main(args):\n    return {\"text\": str(args[\"n\"])}\n", "");

        GUEST.result(name, "{\"n\":" + number + "}").expect(200);
    }

    @Test
    void aNumberOfHalfAMebibyteIsRefused() {
        GUEST.result(ECHO, "{\"n\":" + "9".repeat(500_000) + "}")
                .expectErrorStarting(400, "The request content was malformed:\n");

        assertThat(SharedServer.anonymous().get("/ping").body()).isEqualTo("pong");
    }

    @Test
    void ofEqualKeysTheLastCounts() {
        assertThat(GUEST.result(ECHO, "{\"a\":1,\"a\":2}").expect(200).number("a"))
                .isEqualTo(2);

        Answer stored = GUEST.put(
                        Api.action(Names.unique("twice")),
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"kind\":\"python:3.11\",\"code\":\"a b\"}}")
                .expect(200);
        assertThat(stored.text("exec", "kind")).isEqualTo("python:3.11");
    }

    @Test
    void equalKeysCannotHideAParameterThatIsFinal() {
        String name = GUEST.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"a\",\"value\":1}],\"annotations\":[{\"key\":\"final\",\"value\":true}]");

        for (String payload : new String[] {"{\"a\":2,\"a\":1}", "{\"\\u0061\":2}", "{\"b\":1,\"a\":null}"}) {
            GUEST.result(name, payload).expectError(400, Messages.PARAMETERS_NOT_ALLOWED);
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (byte[] body : new byte[][] {
            {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'},
            {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'},
            {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'}
        }) {
            GUEST.send(GUEST.request(Api.action(ECHO) + "?blocking=true")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(body)))
                    .expectErrorStarting(400, "The request content was malformed:\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br"})
    void aCompressedBodyIsNotUnpacked(String encoding) {
        GUEST.send(GUEST.request(Api.action(ECHO) + "?blocking=true")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", encoding)
                        .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3})))
                .expectError(400, Messages.CONTENT_ENCODING_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "x"
            })
    @Tag("R-6")
    void anotherTypeOfContentIsRefused(String type) {
        GUEST.send(GUEST.request(Api.action(ECHO) + "?blocking=true")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString("{\"a\":1}")))
                .expectError(415, Messages.CONTENT_TYPE_NOT_JSON);
    }
}
