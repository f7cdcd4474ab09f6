package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActionInvokeTest extends WskTest {
    private static final String RECORD =
            "{\"activationId\":\"%s\",\"response\":{\"success\":%b,\"status\":\"%s\",\"result\":{}},\"logs\":[]}";

    @Test
    @Tag("L-3")
    @Tag("L-24")
    @Tag("L-33")
    void aPlainInvocationPrintsTheId() {
        var run = wsk.answer(202, "{\"activationId\":\"" + ID + "\"}").run("action", "invoke", "hello");

        assertThat(run).isEqualTo(new Wsk.Run(0, "ok: invoked /_/hello with id " + ID + "\n", ""));
        assertThat(wsk.server().last().target())
                .isEqualTo("/api/v1/namespaces/_/actions/hello?blocking=false&result=false");
        assertThat(wsk.server().last().body()).isEqualTo("{}");
    }

    @Test
    @Tag("L-3")
    void parametersFromFlagsAndFilesAreMergedInOrder() throws IOException {
        wsk.file("in.json", "{\"a\": 1, \"b\": \"file\"}");

        wsk.answer(202, "{\"activationId\":\"" + ID + "\"}")
                .run(
                        "action",
                        "invoke",
                        "hello",
                        "-p",
                        "a",
                        "0",
                        "-P",
                        "in.json",
                        "-p",
                        "b",
                        "{\"c\": [true]}",
                        "-p",
                        "t",
                        "1 2");

        assertThat(wsk.server().last().body()).isEqualTo("{\"a\":1,\"b\":{\"c\": [true]},\"t\":\"1 2\"}");
    }

    @ParameterizedTest
    @Tag("L-3")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12 | 12",
                "\"12\" | \"12\"",
                "[1, {\"a\": 2}] | [1, {\"a\": 2}]",
                "he said \"no\" | \"he said \\\"no\\\"\"",
                "{bad | \"{bad\"",
                "{{name}} | \"{{name}}\"",
                "[1] first | \"[1] first\"",
                "[ALERT] | \"[ALERT]\""
            })
    void aValueIsJsonIfItIsThatAndElseText(String value, String sent) {
        wsk.answer(202, "{\"activationId\":\"" + ID + "\"}").run("action", "invoke", "a", "-p", "x", value);

        assertThat(wsk.server().last().body()).isEqualTo("{\"x\":" + sent + "}");
    }

    @ParameterizedTest
    @Tag("L-3")
    @Tag("L-29")
    @ValueSource(strings = {"{\"x\":1", "[{\"x\":1}", "[ALERT] \"disk\"", " {\"x\":1} more"})
    void aValueThatBeginsAsJsonAndHoldsAQuoteMustBeJson(String value) {
        var run = wsk.run("action", "invoke", "a", "-p", "x", value);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("error: Invalid parameter argument 'x', which begins as JSON does: Unexpected");
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("L-3")
    void parametersMayComeThroughAPipe() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Thread.ofVirtual().start(() -> {
            try {
                wsk.file("pipe", "{\"a\": 1}");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        wsk.answer(202, "{\"activationId\":\"" + ID + "\"}").run("action", "invoke", "hello", "-P", "pipe");

        assertThat(wsk.server().last().body()).isEqualTo("{\"a\":1}");
    }

    @Test
    @Tag("L-24")
    @Tag("L-33")
    void blockingPrintsTheRecord() {
        var run = wsk.answer(200, RECORD.formatted(ID, true, "success")).run("action", "invoke", "/guest/hello", "-b");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        ok: invoked /guest/hello with id 44794bd6aab74415b4e42a308d880e5b
                        {
                            "activationId": "44794bd6aab74415b4e42a308d880e5b",
                            "response": {
                                "success": true,
                                "status": "success",
                                "result": {}
                            },
                            "logs": []
                        }
                        """);
    }

    @Test
    @Tag("L-33")
    void resultPrintsTheResultAlone() {
        var run = wsk.answer(200, "{\"greeting\":\"Hello\"}").run("action", "invoke", "hello", "--result");

        assertThat(run).isEqualTo(new Wsk.Run(0, "{\n    \"greeting\": \"Hello\"\n}\n", ""));
        assertThat(wsk.server().last().target()).endsWith("?blocking=true&result=true");
    }

    @Test
    @Tag("L-24")
    @Tag("L-30")
    void aCallThatGoesOnIsToldOnStandardError() {
        wsk.answer(202, "{\"activationId\":\"" + ID + "\"}").answer(202, "{\"activationId\":\"" + ID + "\"}");
        var expected = new Wsk.Run(
                202, "", "ok: invoked /_/hello, but the request has not yet finished, with id " + ID + "\n");

        assertThat(wsk.run("action", "invoke", "hello", "-b")).isEqualTo(expected);
        assertThat(wsk.run("action", "invoke", "hello", "-r")).isEqualTo(expected);
    }

    @Test
    @Tag("L-32")
    void anErrorOfTheActionIsPrintedOnStandardError() {
        wsk.answer(502, RECORD.formatted(ID, false, "application error")).answer(502, "{\"error\":\"no\"}");

        var withRecord = wsk.run("action", "invoke", "hello", "-b");
        assertThat(withRecord.exitCode()).isEqualTo(246);
        assertThat(withRecord.out()).isEmpty();
        assertThat(withRecord.err())
                .startsWith("ok: invoked /_/hello with id " + ID + "\n{\n    \"activationId\":")
                .contains("\"status\": \"application error\"");
        assertThat(wsk.run("action", "invoke", "hello", "-r"))
                .isEqualTo(new Wsk.Run(246, "", "{\n    \"error\": \"no\"\n}\n"));
    }

    @Test
    @Tag("L-32")
    void aRecordThatFailedIsAnErrorEvenWithStatus200() {
        wsk.answer(200, RECORD.formatted(ID, false, "application error"))
                .answer(200, RECORD.formatted(ID, false, "application error"));

        assertThat(wsk.run("action", "invoke", "hello", "-b").exitCode()).isEqualTo(200);
        assertThat(wsk.run("action", "invoke", "hello", "-r").exitCode()).isZero();
    }

    @Test
    @Tag("L-31")
    void anErrorOfThePlatformPointsToTheRecord() {
        wsk.server()
                .answer(
                        500,
                        RECORD.formatted(ID, false, "whisk internal error"),
                        java.util.Map.of("x-openwhisk-activation-id", ID));

        var run = wsk.run("action", "invoke", "hello", "-b");

        assertThat(run)
                .isEqualTo(new Wsk.Run(
                        244,
                        "",
                        "error: Unable to invoke action 'hello': The connection failed, or timed out. (HTTP status code 500) "
                                + "'wsk activation get " + ID + "' shows what happened.\n"));
    }
}
