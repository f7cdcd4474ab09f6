package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PUTs of actions that are refused, with their sentences, and change nothing.
class BadActionBodiesTest {
    private static final String MALFORMED = "The request content was malformed:\n";
    private static final TestPlatform platform = TestPlatform.start();

    private final Http guest = platform.asGuest();

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @Tag("R-63")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"code":"x"}                                  | 'kind' must be a string defined in 'exec'
                    {"kind":1,"code":"x"}                         | 'kind' must be a string defined in 'exec'
                    []                                            | 'kind' must be a string defined in 'exec'
                    "x"                                           | 'kind' must be a string defined in 'exec'
                    {"kind":"nodejs:20"}                          | 'code' must be a string or attachment object defined in 'exec' for 'nodejs:20' actions
                    {"kind":"nodejs:20","code":1}                 | 'code' must be a string or attachment object defined in 'exec' for 'nodejs:20' actions
                    {"kind":"nodejs:20","code":"x","main":1}      | if defined, 'main' be a string in 'exec' for 'nodejs:20' actions
                    {"kind":"java:25","code":"abcd"}              | 'main' must be a string defined in 'exec' for 'java:25' actions
                    {"kind":"blackbox"}                           | 'image' must be a string defined in 'exec' for 'blackbox' actions
                    {"kind":"blackbox","image":"A B"}             | could not parse image name
                    {"kind":"sequence"}                           | 'components' must be defined for sequence kind
                    {"kind":"sequence","components":"x"}          | 'components' must be an array
                    {"kind":"nodejs","code":"x"}                  | The specified runtime 'nodejs' is not supported by this platform. Valid values are: 'blackbox', 'java:25', 'nodejs:18', 'nodejs:20', 'ruby:2.5', 'sequence'.
                    {"kind":"cobol:1","code":"x"}                 | The specified runtime 'cobol:1' is not supported by this platform. Valid values are: 'blackbox', 'java:25', 'nodejs:18', 'nodejs:20', 'ruby:2.5', 'sequence'.
                    """)
    void badExecsAreRefused(String exec, String sentence) {
        refused("{\"exec\":" + exec + "}", 400, MALFORMED + sentence);
    }

    @ParameterizedTest
    @Tag("R-64")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "timeout":1        | duration 1 milliseconds below allowed threshold of 100 milliseconds
                    "timeout":-5       | duration -5 milliseconds below allowed threshold of 100 milliseconds
                    "timeout":300001   | duration 300001 milliseconds exceeds allowed threshold of 300000 milliseconds
                    "memory":1024      | memory size 1024 MB exceeds allowed threshold of 512 MB
                    "memory":64        | memory size 64 MB below allowed threshold of 128 MB
                    "logs":11          | log size 11 MB exceeds allowed threshold of 10 MB
                    "concurrency":501  | concurrency 501 exceeds allowed threshold of 500
                    "concurrency":0    | concurrency 0 below allowed threshold of 1
                    "instances":1001   | Max action instance concurrency must not exceed your namespace concurrency of 1000.
                    """)
    void limitsOutOfRangeAreRefused(String limit, String sentence) {
        refused(limits(limit), 400, sentence);
    }

    @ParameterizedTest
    @Tag("R-64")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "timeout":1.5      | requirement failed: time limit must be whole number
                    "memory":128.5     | requirement failed: memory limit must be whole number
                    "memory":-1        | requirement failed: a negative size of an object is not allowed.
                    "logs":1e-1        | requirement failed: log limit must be whole number
                    "concurrency":1.1  | requirement failed: intra concurrency limit must be whole number
                    "instances":1.1    | requirement failed: instance concurrency limit must be whole number
                    "timeout":"1000"   | time limit malformed
                    "memory":true      | memory limit malformed
                    "logs":[]          | log limit malformed
                    "concurrency":{}   | concurrency limit malformed
                    """)
    void limitsThatAreNoWholeNumbersAreRefused(String limit, String sentence) {
        refused(limits(limit), 400, MALFORMED + sentence);
    }

    @Test
    @Tag("R-64")
    @Tag("attack-26")
    void hugeNumbersCostNothing() {
        refused(
                limits("\"timeout\":1e999999999"),
                400,
                "duration 1099511627776 milliseconds exceeds allowed threshold of 300000 milliseconds");
        assertThat(guest.put("actions/x", limits("\"timeout\":" + "9".repeat(2000)))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @Tag("R-14")
    @Tag("R-60")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "parameters":{}                                  | parameters malformed!
                    "parameters":[1]                                 | parameters malformed!
                    "parameters":[{"key":"a"}]                       | parameters malformed!
                    "parameters":[{"key":1,"value":1}]               | parameters malformed!
                    "annotations":"x"                                | parameters malformed!
                    "parameters":[{"key":"","value":1}]              | requirement failed: parameter key must not be empty
                    "delAnnotations":[1]                             | 'delAnnotations' must be an array of strings
                    "version":1                                      | 'version' must be a string such as '0.0.1'
                    "version":"x"                                    | requirement failed: 'x' is not a semantic version
                    "limits":[]                                      | limits malformed
                    """)
    void badFieldsAreRefused(String field, String sentence) {
        refused("{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}," + field + "}", 400, MALFORMED + sentence);
    }

    @Test
    @Tag("R-65")
    @Tag("R-8")
    void creatingNeedsAnExec() {
        refused("{}", 400, "exec undefined");
        refused("", 400, "exec undefined");
        refused("{\"exec\":null}", 400, "exec undefined");
    }

    @Test
    @Tag("R-68")
    void largePartsAreRefusedByTheirSize() {
        String value = "v".repeat(1024 * 1024);
        String exec = "\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}";

        refused(
                "{" + exec + ",\"parameters\":[{\"key\":\"k\",\"value\":\"" + value + "\"}]}",
                413,
                "parameters larger than allowed: 1048579 > 1048576 bytes.");
        refused(
                "{" + exec + ",\"annotations\":[{\"key\":\"k\",\"value\":\"" + value + "\"}]}",
                413,
                "annotations larger than allowed: 1048579 > 1048576 bytes.");
    }

    @ParameterizedTest
    @Tag("R-6")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [1]
                    "x"
                    1
                    null
                    """)
    void bodiesThatAreNoObjectAreRefused(String body) {
        refused(body, 400, MALFORMED + "Object expected");
    }

    @ParameterizedTest
    @Tag("R-6")
    @Tag("attack-26")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {
                    {"exec":
                    {"exec":{}}}
                    {'exec':1}
                    {"a":tru}
                    """)
    void brokenJsonIsRefused(String body) {
        Reply reply = guest.put("actions/refused", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith(MALFORMED);
        assertThat(guest.get("actions/refused").status()).isEqualTo(404);
    }

    @Test
    @Tag("attack-26")
    void deepNestingIsRefused() {
        Reply reply = guest.put("actions/refused", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).startsWith(MALFORMED);
    }

    @Test
    @Tag("R-6")
    void onlyJsonIsTaken() {
        String body = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}";

        Reply plain = guest.send("PUT", "actions/refused", body, Map.of("Content-Type", "text/plain"));
        Reply packed = guest.send(
                "PUT", "actions/refused", body, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"));

        assertThat(plain.status()).isEqualTo(415);
        assertThat(plain.error()).isEqualTo("The request's Content-Type is not supported. Expected:\napplication/json");
        assertThat(packed.status()).isEqualTo(400);
        assertThat(packed.error()).isNotEmpty();
        assertThat(guest.get("actions/refused").status()).isEqualTo(404);
        assertThat(guest.send("PUT", "actions/untyped", body, Map.of()).status())
                .isEqualTo(200);
        assertThat(guest.send("PUT", "actions/typed", body, Map.of("Content-Type", "Application/JSON ; charset=utf-8"))
                        .status())
                .isEqualTo(200);
    }

    private void refused(String body, int status, String sentence) {
        Reply reply = guest.put("actions/refused", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(sentence);
        assertThat(reply.at("code")).isEqualTo(reply.headers().get("x-request-id"));
        assertThat(guest.get("actions/refused").status()).isEqualTo(404);
    }

    private static String limits(String limit) {
        return "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"limits\":{" + limit + "}}";
    }
}
