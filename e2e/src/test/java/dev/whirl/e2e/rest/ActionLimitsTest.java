package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionLimitsTest {
    private static final Api GUEST = SharedServer.guest();

    private static Answer put(String name, String limits) {
        return GUEST.put(
                Api.action(name), "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"},\"limits\":" + limits + "}");
    }

    @Test
    @Tag("R-64")
    void limitsHaveTheirDefaults() {
        Answer answer = put(Names.unique("limits"), "{}").expect(200);

        assertThat(answer.number("limits", "timeout")).isEqualTo(60_000);
        assertThat(answer.number("limits", "memory")).isEqualTo(256);
        assertThat(answer.number("limits", "logs")).isEqualTo(10);
        assertThat(answer.number("limits", "concurrency")).isEqualTo(1);
        assertThat(answer.find("limits", "instances")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 99, duration 99 milliseconds below allowed threshold of 100 milliseconds",
        "timeout, 300001, duration 300001 milliseconds exceeds allowed threshold of 300000 milliseconds",
        "timeout, -5, duration -5 milliseconds below allowed threshold of 100 milliseconds",
        "memory, 127, memory size 127 MB below allowed threshold of 128 MB",
        "memory, 513, memory size 513 MB exceeds allowed threshold of 512 MB",
        "logs, 11, log size 11 MB exceeds allowed threshold of 10 MB",
        "concurrency, 0, concurrency 0 below allowed threshold of 1",
        "concurrency, 501, concurrency 501 exceeds allowed threshold of 500",
        "instances, 1001, Max action instance concurrency must not exceed your namespace concurrency of 1000."
    })
    @Tag("R-64")
    void aLimitOutOfItsRangeIsRefused(String limit, long value, String sentence) {
        String name = Names.unique("limits");

        put(name, "{\"%s\":%d}".formatted(limit, value)).expectError(400, sentence);

        GUEST.get(Api.action(name)).expect(404);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, time limit must be whole number",
        "memory, memory limit must be whole number",
        "logs, log limit must be whole number",
        "concurrency, intra concurrency limit must be whole number",
        "instances, instance concurrency limit must be whole number"
    })
    @Tag("R-64")
    void limitsAreWholeNumbers(String limit, String sentence) {
        Answer answer = put(Names.unique("limits"), "{\"%s\":150.5}".formatted(limit));

        answer.expectErrorStarting(400, "The request content was malformed:\n");
        assertThat(answer.text("error")).endsWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, time limit malformed",
        "memory, memory limit malformed",
        "logs, log limit malformed",
        "concurrency, concurrency limit malformed"
    })
    @Tag("R-64")
    void limitsAreNumbers(String limit, String sentence) {
        for (String value : new String[] {"\"150\"", "true", "[150]", "{}"}) {
            Answer answer = put(Names.unique("limits"), "{\"%s\":%s}".formatted(limit, value));

            answer.expectErrorStarting(400, "The request content was malformed:\n");
            assertThat(answer.text("error")).endsWith(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999999999", "1e400", "-1e400"})
    @Tag("R-64")
    @Tag("attack-26")
    void hugeLimitsAreRefused(String value) {
        for (String limit : new String[] {"timeout", "memory", "logs", "concurrency", "instances"}) {
            put(Names.unique("limits"), "{\"%s\":%s}".formatted(limit, value)).expect(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"x\""})
    @Tag("R-64")
    void limitsMustBeAnObject(String limits) {
        put(Names.unique("limits"), limits).expectErrorStarting(400, "The request content was malformed:\n");
    }

    @Test
    @Tag("R-65")
    void limitsAreMergedOneByOneOnUpdate() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, ",\"limits\":{\"timeout\":1000,\"memory\":128}");

        Answer updated = GUEST.put(Api.action(name) + "?overwrite=true", "{\"limits\":{\"memory\":512,\"logs\":0}}")
                .expect(200);

        assertThat(updated.number("limits", "timeout")).isEqualTo(1000);
        assertThat(updated.number("limits", "memory")).isEqualTo(512);
        assertThat(updated.number("limits", "logs")).isEqualTo(0);
        assertThat(updated.number("limits", "concurrency")).isEqualTo(1);
    }
}
