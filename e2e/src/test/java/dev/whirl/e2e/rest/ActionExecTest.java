package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionExecTest {
    private static final Api GUEST = SharedServer.guest();

    private static Answer put(String exec) {
        return GUEST.put(Api.action(Names.unique("exec")), "{\"exec\":" + exec + "}");
    }

    private static void isMalformed(String exec, String sentence) {
        String name = Names.unique("exec");

        Answer answer = GUEST.put(Api.action(name), "{\"exec\":" + exec + "}");

        answer.expectErrorStarting(400, "The request content was malformed:\n");
        assertThat(answer.text("error")).endsWith(sentence);
        GUEST.get(Api.action(name)).expect(404);
    }

    @ParameterizedTest
    @CsvSource({
        "nodejs:20, nodejs:20",
        "' NodeJS:20 ', nodejs:20",
        "nodejs:default, nodejs:20",
        "nodejs:18, nodejs:18",
        "python:default, python:3.11",
        "python:3, python:3",
        "python:3.9, python:3.9",
        "python:3.10, python:3.10",
        "python:3.12, python:3.12"
    })
    @Tag("R-63")
    void onlyTheDefaultOfAFamilyIsResolved(String asked, String stored) {
        Answer answer = put("{\"kind\":%s,\"code\":\"a b\"}".formatted(RawJson.string(asked)))
                .expect(200);

        assertThat(answer.text("exec", "kind")).isEqualTo(stored);
        assertThat(answer.annotation("exec")).contains(RawJson.string(stored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs", "nodejs:1", "cobol:60", "", "python:", ":default"})
    @Tag("R-63")
    void anUnknownKindIsRefusedWithAListOfTheValidOnes(String kind) {
        String body = "{\"kind\":%s,\"code\":\"a b\"}".formatted(RawJson.string(kind));

        Answer answer = put(body);

        answer.expectErrorStarting(400, "The request content was malformed:\n");
        assertThat(answer.text("error"))
                .contains("The specified runtime '%s' is not supported by this platform. Valid values are: "
                        .formatted(kind))
                .contains("'nodejs:20'", "'python:3.11'", "'java:25'", "'sequence'", "'blackbox'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"code\":\"x\"}", "{\"kind\":7,\"code\":\"x\"}", "{\"kind\":null,\"code\":\"x\"}"})
    @Tag("R-63")
    void aKindMustBeGiven(String exec) {
        isMalformed(exec, Messages.KIND_UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"nodejs:20\"}", "{\"kind\":\"nodejs:20\",\"code\":7}"})
    @Tag("R-63")
    void codeMustBeGiven(String exec) {
        isMalformed(exec, Messages.codeUndefined("nodejs:20"));
    }

    @Test
    @Tag("R-63")
    void mainMustBeAStringAndJavaNeedsIt() {
        isMalformed("{\"kind\":\"nodejs:20\",\"code\":\"a b\",\"main\":7}", Messages.mainMalformed("nodejs:20"));
        isMalformed("{\"kind\":\"java:25\",\"code\":\"UEsDBA==\"}", Messages.mainUndefined("java:25"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"nodejs:20\"", "true"})
    @Tag("R-63")
    void execMustBeAnObject(String exec) {
        put(exec).expectErrorStarting(400, "The request content was malformed:\n");
    }

    @ParameterizedTest
    @CsvSource({"abcd, true", "a b, false", "YWJjZA==, true", "' YWJjZA== ', true", "abc, false", "'', false"})
    @Tag("R-63")
    void whetherCodeIsBinaryIsSeenFromTheText(String code, boolean binary) {
        Answer answer =
                put("{\"kind\":\"python:3.11\",\"binary\":%b,\"code\":%s}".formatted(!binary, RawJson.string(code)));

        assertThat(answer.expect(200).at("exec", "binary")).isEqualTo(RawJson.bool(binary));
    }

    @Test
    @Tag("R-63")
    void jarIsAnotherWordForCode() {
        Answer answer = put("{\"kind\":\"java:25\",\"main\":\"Hello\",\"jar\":\"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==\"}");

        assertThat(answer.expect(200).text("exec", "main")).isEqualTo("Hello");
        assertThat(answer.text("exec", "code")).isEqualTo("UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==");
    }

    @Test
    @Tag("R-63")
    void anImageMustHaveAProperName() {
        isMalformed("{\"kind\":\"blackbox\"}", Messages.IMAGE_UNDEFINED);
        isMalformed("{\"kind\":\"blackbox\",\"image\":7}", Messages.IMAGE_UNDEFINED);
        for (String image : new String[] {"a//b", "lower/CASE", "a:b:c:d", "bad image", ""}) {
            isMalformed(
                    "{\"kind\":\"blackbox\",\"image\":%s}".formatted(RawJson.string(image)), Messages.IMAGE_MALFORMED);
        }
    }

    @Test
    @Tag("R-63")
    @Tag("R-69")
    void componentsMustBeAnArray() {
        isMalformed("{\"kind\":\"sequence\"}", Messages.COMPONENTS_UNDEFINED);
        isMalformed("{\"kind\":\"sequence\",\"components\":7}", "'components' must be an array");
    }

    @Test
    @Tag("R-65")
    void aNewActionNeedsAnExec() {
        GUEST.put(Api.action(Names.unique("none")), "{\"parameters\":[]}").expectError(400, Messages.EXEC_UNDEFINED);
    }

    @Test
    @Tag("R-71")
    void anActionCannotBeStoredInAPackageThatIsNotThere() {
        GUEST.put(
                        Api.action("no-such-package/inside"),
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\"}}")
                .expectError(404, Messages.RESOURCE_NOT_FOUND);
        GUEST.delete(Api.action("no-such-package/inside")).expectError(404, Messages.RESOURCE_NOT_FOUND);
    }

    @Test
    @Tag("R-68")
    void codeHasAtMost48Mebibytes() {
        String code = "x ".repeat((48 << 19) + 1);

        Answer answer = put("{\"kind\":\"nodejs:20\",\"code\":\"%s\"}".formatted(code));

        answer.expectErrorStarting(413, "exec larger than allowed: ");
        assertThat(answer.text("error")).endsWith(" > 50331648 bytes.");
    }

    @Test
    @Tag("R-68")
    void parametersAndAnnotationsHaveAtMostOneMebibyteEach() {
        String big = "[{\"key\":\"k\",\"value\":\"" + "x".repeat(1 << 20) + "\"}]";
        for (String field : new String[] {"parameters", "annotations"}) {
            Answer answer = GUEST.put(
                    Api.action(Names.unique("big")),
                    "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"},\"%s\":%s}".formatted(field, big));

            answer.expectErrorStarting(413, field + " larger than allowed: ");
            assertThat(answer.text("error")).endsWith(" > 1048576 bytes.");
        }
    }

    @Test
    @Tag("R-14")
    void parametersAreKeysWithAnyValue() {
        String parameters = "[{\"key\":\"none\",\"value\":null},{\"key\":\"env\",\"value\":7,\"init\":true}]";
        Answer answer = GUEST.put(
                        Api.action(Names.unique("parameters")),
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"},\"parameters\":" + parameters + "}")
                .expect(200);

        var shown = answer.at("parameters").elements();
        assertThat(shown).hasSize(2);
        assertThat(shown.getFirst().field("key").orElseThrow().asText()).contains("none");
        assertThat(shown.getFirst().field("value").orElse(RawJson.NULL)).isEqualTo(RawJson.NULL);
        assertThat(shown.getLast().field("init")).contains(RawJson.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"key\":\"\",\"value\":1}]",
                "[{\"value\":1}]",
                "[{\"key\":7,\"value\":1}]",
                "[7]",
                "{\"a\":1}",
                "\"text\""
            })
    @Tag("R-14")
    void malformedParametersAreRefused(String parameters) {
        for (String field : new String[] {"parameters", "annotations"}) {
            String name = Names.unique("malformed");

            GUEST.put(
                            Api.action(name),
                            "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"},\"%s\":%s}"
                                    .formatted(field, parameters))
                    .expectErrorStarting(400, "The request content was malformed:\n");
            GUEST.get(Api.action(name)).expect(404);
        }
    }

    @Test
    @Tag("R-63")
    void theCodeThatWasStoredComesBackByteForByte() {
        String code = "// \u0001 \"quoted\" \\ \u2028 ☃ 😀 \t\r\n" + Code.NODE_ECHO;
        String name = GUEST.stored(Code.NODE, code, "");

        assertThat(GUEST.get(Api.action(name)).text("exec", "code")).isEqualTo(code);
    }
}
