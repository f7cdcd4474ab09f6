package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.Sandbox;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The runtime for Python (row K-21).
class PythonTest extends InterpretedContract {
    @Override
    String kind() {
        return "python:3.11";
    }

    @Override
    ActionCode action(String name) {
        return ActionCode.resource("python/" + name + ".py");
    }

    @Override
    String mainFile() {
        return "__main__.py";
    }

    @Test
    @Tag("K-21")
    void anExceptionIsAnApplicationErrorWithATraceInTheLogs() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("raises"))) {
            var activation = ActivationId.random();

            Answer answer = sandbox.run(activation, "{}");

            assertThat(answer).isEqualTo(new Answer(200, TestSandbox.json("{\"error\":\"no good\"}")));
            assertThat(sandbox.lines(activation))
                    .anyMatch(line -> line.matches("stderr: .*__main__.py\", line 5, in raises"))
                    .contains("stderr: ValueError: no good")
                    .noneMatch(line -> line.contains("launcher.py"));
        }
    }

    @ParameterizedTest
    @Tag("K-21")
    @CsvSource({
        "exits,An error has occurred: SystemExit: 3",
        "not_json,An error has occurred: the result is not JSON",
        "not_a_number,An error has occurred: the result is not JSON"
    })
    void whatGivesNoDocumentIsTheDevelopersError(String main, String sentence) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            Answer answer = sandbox.run("{}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).startsWith(sentence);
        }
    }

    @Test
    @Tag("K-21")
    void aZipHoldsMainAndThePackagesBesideIt() throws Exception {
        var files = Map.of(
                "__main__.py", "from lib.part import value\ndef main(args): return {'value': value}",
                "lib/__init__.py", "",
                "lib/part.py", "value = 'from lib'");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"value\":\"from lib\"}");
        }
    }

    @ParameterizedTest
    @Tag("K-21")
    @ValueSource(
            strings = {
                "virtualenv/lib/python3.11/site-packages/",
                "virtualenv/lib/python3.9/site-packages/",
                "virtualenv/lib64/python3.11/site-packages/"
            })
    void aZipMayBringAVirtualEnvironment(String folder) throws Exception {
        // A name of the standard library: the packages of the environment come first.
        var files = Map.of(
                "__main__.py",
                "import colorsys\ndef main(args): return {'value': colorsys.value}",
                folder + "colorsys.py",
                "value = 'from the environment'");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"value\":\"from the environment\"}");
        }
    }

    @Test
    @Tag("K-21")
    void aZipWithoutMainIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("other.py", ""))))
                .contains("Zipped actions must contain __main__.py at the root.");
    }

    @Test
    @Tag("K-12")
    void aSyntaxErrorInAModuleOfTheZipNamesFileAndLine() throws Exception {
        var files = Map.of("__main__.py", "import part\ndef main(args): return {}", "part.py", "\nx = = 1");

        assertThat(evilArchiveReason(Archives.zip(files))).contains("SyntaxError", "(part.py, line 2)");
    }

    @Test
    @Tag("attack-5")
    void aForkedChildCannotAnswerForAttack5() throws Exception {
        try (var sandbox = start("forks")) {
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.run("{}").body())
                        .hasToString("{\"from\":\"the parent\",\"socket\":null,\"loaded\":[]}");
            }
        }
    }

    @Test
    @Tag("K-12")
    void anActionThatExitsEndsTheSandbox() throws Exception {
        try (var sandbox = start("exits")) {
            Reply reply = sandbox.run(ActivationId.random(), "{}", Map.of(), Duration.ofSeconds(10));

            assertThat(reply).isInstanceOf(Reply.Died.class);
        }
    }

    /// A cost that grows with the square of their number would take longer than the test may.
    @Test
    @Tag("K-16")
    void manySmallWritesToOneLineCostAsMuchAsTheirSize() throws Exception {
        String code = """
                import sys

                def main(args):
                    for _ in range(args["count"]):
                        print("☃", end="", flush=True)
                    return {}
                """;
        try (var sandbox = start().with(ActionCode.source(code))) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{\"count\":400000}");

            List<String> lines = sandbox.lines(activation);
            assertThat(lines).hasSizeBetween(2, 10).allMatch(line -> line.matches("stdout: ☃+"));
            assertThat(String.join("", lines).replaceAll("stdout: ", "")).hasSize(400_000);
        }
    }

    /// The first process of its namespace, with the numbers that it draws.
    @Test
    @Tag("attack-17")
    void aForkIsTheFirstProcessAndDrawsItsOwnNumbers() throws Exception {
        var code = ActionCode.source(
                "import os, random, uuid\n\ndef main(args):\n    return {'pid': os.getpid(), 'n': [random.random(), str(uuid.uuid4())]}\n");
        var seen = new HashSet<String>();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (var sandbox = start().with(code)) {
                RawJson answer = sandbox.run("{}").body();
                assertThat(seen.add(answer.field("n").orElseThrow().toString())).isTrue();
                return answer.field("pid").orElseThrow().toString().equals(isForked() ? "1" : "2");
            }
        });
    }

    /// Where a warm parent forked the runtime, it inherits the orphans.
    @Test
    @Tag("attack-4")
    void orphansThatHaveEndedAreBuried() throws Exception {
        var code = ActionCode.source("""
                import os, subprocess

                def main(args):
                    before = len(processes())
                    subprocess.run(["sh", "-c", "(sleep 0.01) &"])
                    while any(b"sleep" in each for each in processes()):
                        pass
                    return {"processes": before}

                def processes():
                    return [command(each) for each in os.listdir("/proc") if each.isdigit()]

                def command(pid):
                    try:
                        return open(f"/proc/{pid}/cmdline", "rb").read()
                    except OSError:
                        return b""
                """);
        try (var sandbox = start().with(code)) {
            for (int i = 0; i < 5; i++) {
                sandbox.run("{}");
            }

            assertThat(sandbox.run("{}").body().toString()).matches("\\{\"processes\":[1-3]}");
            assertThat(sandbox.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
        }
    }

    boolean isForked() {
        return true;
    }
}
