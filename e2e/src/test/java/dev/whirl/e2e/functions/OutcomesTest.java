package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
    private static final Api GUEST = SharedServer.guest();

    private static Answer developerError(String name, String payload) {
        Answer record = GUEST.invoke(name, payload).expect(502);
        assertThat(record.text("response", "status")).isEqualTo("action developer error");
        return record;
    }

    private static String error(Answer record) {
        return record.text("response", "result", "error");
    }

    @Test
    @Tag("K-14")
    @Tag("R-135")
    @Tag("attack-23")
    void aFunctionThatRunsTooLongIsKilled() {
        String name = GUEST.stored(
                Code.NODE,
                Code.node("process.on('SIGTERM', () => {}); if (args.spin) { for (;;) {} } return {};"),
                ",\"limits\":{\"timeout\":500}");

        Answer record = developerError(name, "{\"spin\":true}");

        assertThat(error(record)).isEqualTo(ActivationMessages.timedOut(Duration.ofMillis(500)));
        assertThat(record.annotation("timeout")).contains(RawJson.TRUE);
        assertThat(record.number("duration")).isBetween(490L, 3000L);
        GUEST.result(name, "{}").expect(200);
    }

    @Test
    @Tag("K-14")
    @Tag("attack-24")
    void anInitialisationThatTakesTooLongIsKilled() {
        String name = GUEST.stored(Code.NODE, "while (true) {}\n" + Code.NODE_ECHO, ",\"limits\":{\"timeout\":500}");

        Answer record = developerError(name, "{}");

        assertThat(error(record)).isEqualTo(ActivationMessages.timedOutInInit(Duration.ofMillis(500)));
        assertThat(record.annotation("timeout")).contains(RawJson.TRUE);
    }

    @Test
    @Tag("K-15")
    @Tag("attack-19")
    void aFunctionThatFillsItsMemoryIsToldSo() {
        String name = GUEST.stored(
                Code.NODE,
                Code.node("if (!args.fill) return {}; const all = [];"
                        + " for (;;) all.push(Buffer.alloc(8 << 20, 'x'));"),
                ",\"limits\":{\"memory\":128,\"timeout\":20000}");

        assertThat(error(developerError(name, "{\"fill\":true}"))).isEqualTo(ActivationMessages.OUT_OF_MEMORY);
        GUEST.result(name, "{}").expect(200);
    }

    @Test
    @Tag("K-15")
    void aPythonFunctionThatFillsItsMemoryIsToldSo() {
        String code = """
                def main(args):
                    kept = []
                    while args.get("fill"):
                        kept.append(b"x" * (8 << 20))
                    return {}
                """;
        String name = GUEST.stored(Code.PYTHON, code, ",\"limits\":{\"memory\":128,\"timeout\":20000}");

        assertThat(error(developerError(name, "{\"fill\":true}"))).isEqualTo(ActivationMessages.OUT_OF_MEMORY);
        GUEST.result(name, "{}").expect(200);
    }

    @Test
    @Tag("K-12")
    void aFunctionThatEndsItsProcessIsTheDevelopersError() {
        String name = GUEST.stored(Code.NODE, Code.node("if (args.end) process.exit(0); return {};"), "");

        assertThat(error(developerError(name, "{\"end\":true}"))).isEqualTo(ActivationMessages.RUN_DIED);
        GUEST.result(name, "{}").expect(200);
    }

    @Test
    @Tag("K-12")
    @Tag("I-21")
    void anInitialisationThatEndsTheProcessIsTheDevelopersError() {
        String name = GUEST.stored(Code.NODE, "process.exit(3);\n" + Code.NODE_ECHO, "");

        assertThat(error(developerError(name, "{}"))).isEqualTo(ActivationMessages.INIT_DIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return 'text';", "return 7;", "return true;", "return null;"})
    @Tag("K-12")
    void aResultThatIsNoObjectIsTheDevelopersError(String body) {
        String name = GUEST.stored(Code.NODE, Code.node(body), "");

        Answer record = GUEST.invoke(name, "{}");

        assertThat(record.status()).isIn(200, 502);
        if (record.status() == 502) {
            assertThat(record.text("response", "status")).isEqualTo("action developer error");
        } else {
            assertThat(body).isEqualTo("return null;"); // counts as nothing where the language says so
        }
    }

    @Test
    @Tag("K-12")
    void aSyntaxErrorNamesItsLine() {
        String name = GUEST.stored(Code.NODE, "// one\n// two\nfunction main( { return 1 }", "");

        Answer record = developerError(name, "{}");
        String told = error(record)
                + String.join("\n", GUEST.record(record.text("activationId")).logs());

        assertThat(told).contains("SyntaxError").containsPattern(":\\s*[34]\\b");
    }

    @Test
    @Tag("K-12")
    void aMissingEntranceIsNamed() {
        String name = GUEST.stored(Code.NODE, "function other() {}", "");

        assertThat(error(developerError(name, "{}"))).contains("main");
    }

    @Test
    @Tag("I-21")
    void aSandboxIsKeptAfterAnApplicationErrorAndDroppedAfterADevelopersError() {
        String name = GUEST.stored(
                Code.NODE,
                "let calls = 0; function main(args) { calls++; if (args.fail) throw new Error('x');"
                        + " return args.error ? {error: calls} : {calls}; }",
                "");

        GUEST.result(name, "{}").expect(200);
        assertThat(GUEST.result(name, "{\"error\":true}").expect(502).number("error"))
                .isEqualTo(2);
        assertThat(GUEST.result(name, "{}").expect(200).number("calls")).isEqualTo(3);
        developerError(name, "{\"fail\":true}");
        assertThat(GUEST.result(name, "{}").expect(200).number("calls")).isEqualTo(1);
    }

    @Test
    @Tag("I-19")
    void aWarmSandboxIsUsedAgain() {
        String name = GUEST.stored(Code.NODE, "let n = 0; function main() { return {n: ++n}; }", "");

        for (int i = 1; i <= 5; i++) {
            assertThat(GUEST.result(name, "{}").expect(200).number("n")).isEqualTo(i);
        }
    }

    @Test
    @Tag("R-134")
    @Tag("attack-22")
    void logsAreCutAtTheirLimitAndSaySo() {
        String name = GUEST.stored(
                Code.NODE,
                Code.node("for (let i = 0; i < 40000; i++) console.log('x'.repeat(99)); return {};"),
                ",\"limits\":{\"logs\":1,\"timeout\":30000}");

        String id = GUEST.invoke(name, "{}").expect(200).text("activationId");
        var logs = GUEST.recordWithLogs(id).logs();

        assertThat(logs.getLast())
                .endsWith(
                        " stderr: Logs were truncated because the total bytes size exceeds the limit of 1048576 bytes.");
        assertThat(logs.stream().mapToLong(String::length).sum()).isLessThan(2_200_000);
    }

    @Test
    @Tag("K-16")
    @Tag("R-134")
    void noLogsAreKeptWhereTheLimitIsZero() {
        String name = GUEST.stored(Code.NODE, Code.node("console.log('x'); return {};"), ",\"limits\":{\"logs\":0}");

        String id = GUEST.invoke(name, "{}").expect(200).text("activationId");

        assertThat(GUEST.record(id).logs()).isEmpty();
    }

    @Test
    @Tag("K-16")
    @Tag("attack-6")
    void theMarkOfTheEndOfLogsCannotBeForged() {
        String mark = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX";
        String name = GUEST.stored(
                Code.NODE,
                Code.node("console.log('before'); console.log('" + mark + "'); console.error('" + mark
                        + "'); console.log('after'); return {};"),
                "");

        for (int i = 0; i < 3; i++) {
            String id = GUEST.invoke(name, "{}").expect(200).text("activationId");
            assertThat(GUEST.recordWithLogs(id).logs())
                    .anySatisfy(line -> assertThat(line).endsWith("before"))
                    .anySatisfy(line -> assertThat(line).endsWith("after"))
                    .hasSizeLessThanOrEqualTo(4);
        }
    }
}
