package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Archives;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.ActivationMessages;
import dev.whirl.model.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OtherRuntimesTest {
    private static final Api GUEST = SharedServer.guest();

    private static String javaAction(String main) {
        String name = Names.unique("java");
        GUEST.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"java:25\",\"main\":%s,\"code\":\"%s\"}}"
                                .formatted(RawJson.string(main), Archives.jar(JavaFunction.class)))
                .expect(200);
        return name;
    }

    private static final String JAVA_CLASS = JavaFunction.class.getName();

    @Test
    @Tag("K-21")
    void pythonAnswersWithLogsAndUnicode() {
        String code = """
                import sys
                def main(args):
                    print("out", args["text"])
                    print("err", file=sys.stderr)
                    return {"text": args["text"], "length": len(args["text"])}
                """;
        String name = GUEST.stored(Code.PYTHON, code, "");

        Answer record = GUEST.invoke(name, "{\"text\":\"ß☃😀\"}").expect(200);

        assertThat(record.text("response", "result", "text")).isEqualTo("ß☃😀");
        assertThat(record.number("response", "result", "length")).isEqualTo(3);
        assertThat(GUEST.recordWithLogs(record.text("activationId")).logs())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" stdout: out ß☃😀"),
                        line -> assertThat(line).endsWith(" stderr: err"));
    }

    @Test
    @Tag("K-21")
    void aPythonZipAnswers() {
        String zip = Archives.zip(Map.of(
                "__main__.py",
                        "from inside.module import twice\ndef main(args):\n    return {\"twice\": twice(args[\"n\"])}\n",
                "inside/__init__.py", "",
                "inside/module.py", "def twice(n):\n    return 2 * n\n"));
        String name = GUEST.stored(Code.PYTHON, zip, "");

        assertThat(GUEST.result(name, "{\"n\":21}").expect(200).number("twice")).isEqualTo(42);
    }

    @Test
    @Tag("K-21")
    void aPythonExceptionIsAnApplicationErrorAndASyntaxErrorTheDevelopers() {
        String raising = GUEST.stored(Code.PYTHON, "def main(args):\n    raise ValueError('no good')\n", "");
        String broken = GUEST.stored(Code.PYTHON, "def main(args):\n    return {\n)", "");

        Answer raised = GUEST.invoke(raising, "{}").expect(502);
        assertThat(raised.text("response", "status")).isEqualTo("application error");
        assertThat(raised.text("response", "result", "error")).contains("no good");
        assertThat(GUEST.invoke(broken, "{}").expect(502).text("response", "status"))
                .isEqualTo("action developer error");
    }

    @Test
    @Tag("K-22")
    void javaAnswersWithLogsAndUnicode() {
        String name = javaAction(JAVA_CLASS);

        Answer record = GUEST.invoke(name, "{\"text\":\"ß☃😀\"}").expect(200);

        assertThat(record.at("response", "result").toString()).isEqualTo("{\"text\":\"ß☃😀\"}");
        assertThat(GUEST.recordWithLogs(record.text("activationId")).logs())
                .anySatisfy(line -> assertThat(line).endsWith(" stdout: out \"ß☃😀\""))
                .anySatisfy(line -> assertThat(line).endsWith(" stderr: err"));
    }

    @Test
    @Tag("K-22")
    void anotherJavaMethodCanBeTheEntrance() {
        assertThat(GUEST.result(javaAction(JAVA_CLASS + "#sum"), "{\"numbers\":[1,2,3]}")
                        .expect(200)
                        .number("sum"))
                .isEqualTo(6);
        assertThat(GUEST.result(javaAction(JAVA_CLASS + "#array"), "{\"a\":1}")
                        .expect(200)
                        .body())
                .isEqualTo("[{\"a\":1}]");
    }

    @Test
    @Tag("K-22")
    void javaFailuresAreTheDevelopersAndDoNoFurtherHarm() {
        Answer failed = GUEST.invoke(javaAction(JAVA_CLASS + "#fail"), "{\"text\":\"x\"}")
                .expect(502);
        assertThat(failed.text("response", "status")).isEqualTo("action developer error");

        String exiting = javaAction(JAVA_CLASS + "#exit");
        for (int i = 0; i < 2; i++) {
            Answer exited = GUEST.invoke(exiting, "{}").expect(502);
            assertThat(exited.text("response", "status")).isEqualTo("action developer error");
            assertThat(exited.text("response", "result", "error")).isEqualTo(ActivationMessages.RUN_DIED);
        }

        Answer missing = GUEST.invoke(javaAction("no.such.Class"), "{}").expect(502);
        assertThat(missing.text("response", "status")).isEqualTo("action developer error");
        assertThat(missing.text("response", "result", "error")).contains("no.such.Class");
    }

    private static final String PROGRAM = """
            #!/bin/bash
            echo "called with $1"
            echo "{\\"arg\\": $1}"
            """;

    private static final String LOOP = """
            #!/bin/bash
            count=0
            while read -r line; do
              count=$((count + 1))
              echo "line $count"
              echo "{\\"count\\": $count}" >&3
            done
            """;

    private static String text64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Tag("K-23")
    void aPlainProgramAnswersWithItsLastLine() {
        for (String code : new String[] {Archives.zip(Map.of("exec", PROGRAM)), PROGRAM}) {
            String name = GUEST.stored("native", code, "");

            Answer record = GUEST.invoke(name, "{\"a\":1}").expect(200);

            assertThat(record.at("response", "result", "arg").compact().toString())
                    .isEqualTo("{\"a\":1}");
            assertThat(GUEST.recordWithLogs(record.text("activationId")).logs().getFirst())
                    .contains(" stdout: called with {\"a\":");
        }
    }

    @Test
    @Tag("K-23")
    void anActionLoopProgramStaysAndAnswersLineByLine() {
        String name = GUEST.stored("native", Archives.zip(Map.of("exec", LOOP)), "");

        assertThat(GUEST.result(name, "{}").expect(200).number("count")).isEqualTo(1);
        assertThat(GUEST.result(name, "{}").expect(200).number("count")).isEqualTo(2);
    }

    @Test
    @Tag("K-23")
    @Tag("R-63")
    void theImageOfExecutablesIsServedWithoutAContainer() {
        String name = Names.unique("skeleton");
        GUEST.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"blackbox\",\"image\":\"openwhisk/dockerskeleton\",\"code\":\"%s\"}}"
                                .formatted(Archives.zip(Map.of("exec", PROGRAM))))
                .expect(200);

        Answer record = GUEST.invoke(name, "{\"a\":1}").expect(200);

        assertThat(record.at("response", "result", "arg").compact().toString()).isEqualTo("{\"a\":1}");
        assertThat(record.annotation("kind")).contains(RawJson.string("blackbox"));
    }

    @Test
    @Tag("R-63")
    void anOlderKindIsServedByTheNewestOfItsFamily() {
        Map<String, String> kinds = Map.of(
                "nodejs:18", Code.NODE_ECHO,
                "python:3", Code.PYTHON_ECHO,
                "python:3.9", Code.PYTHON_ECHO,
                "python:3.10", Code.PYTHON_ECHO,
                "python:3.12", Code.PYTHON_ECHO);
        kinds.forEach((kind, code) -> {
            String name = GUEST.stored(kind, code, "");

            Answer record = GUEST.invoke(name, "{\"a\":1}").expect(200);

            assertThat(record.at("response", "result").compact().toString()).isEqualTo("{\"a\":1}");
            assertThat(record.annotation("kind")).contains(RawJson.string(kind));
            assertThat(GUEST.get(Api.action(name)).text("exec", "kind")).isEqualTo(kind);
        });
    }

    @Test
    @Tag("R-63")
    void anOlderJavaKindIsServedByTheNewest() {
        String name = Names.unique("java8");
        GUEST.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"java:8\",\"main\":\"%s\",\"code\":\"%s\"}}"
                                .formatted(JAVA_CLASS, Archives.jar(JavaFunction.class)))
                .expect(200);

        Answer record = GUEST.invoke(name, "{\"text\":1}").expect(200);

        assertThat(record.annotation("kind")).contains(RawJson.string("java:8"));
    }

    @Test
    void oneMebibyteGoesThroughEveryLanguage() {
        String payload = "{\"text\":\"" + "é".repeat((1 << 19) - 20) + "\"}";
        for (String name : new String[] {
            GUEST.stored(Code.NODE, Code.node("return {length: args.text.length};"), ""),
            GUEST.stored(Code.PYTHON, "def main(args):\n    return {\"length\": len(args[\"text\"])}\n", "")
        }) {
            assertThat(GUEST.result(name, payload).expect(200).number("length")).isEqualTo((1 << 19) - 20);
        }
        assertThat(GUEST.result(javaAction(JAVA_CLASS), payload).expect(200).text("text"))
                .hasSize((1 << 19) - 20);
    }

    @Test
    @Tag("K-23")
    void aProgramThatIsNoProgramIsTheDevelopersError() {
        String name = GUEST.stored("native", text64("\u0001\u0002 this cannot be executed"), "");

        Answer record = GUEST.invoke(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("action developer error");
    }
}
