package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Executables that take one argument and print their result (row K-22), and what all executables have in common.
class NativePlainTest extends NativeContract {
    @Override
    String form() {
        return "plain";
    }

    @Test
    @Tag("K-22")
    void theLastLineIsTheResultAndTheOthersAreLogs() throws Exception {
        try (var sandbox = start().with(ActionCode.source("#!/bin/sh\necho log\necho '{\"a\":1}'\n\n"))) {
            for (int i = 0; i < 2; i++) {
                var activation = ActivationId.random();

                assertThat(sandbox.run(activation, "{}").body()).hasToString("{\"a\":1}");
                assertThat(sandbox.lines(activation)).containsExactly("stdout: log");
            }
        }
    }

    @Test
    @Tag("K-22")
    void anExecutableFileIsRunAsItIs() throws Exception {
        byte[] echo = Files.readAllBytes(Path.of("/bin/echo"));

        try (var sandbox = start().with(ActionCode.binary(echo))) {
            assertThat(sandbox.run("{\"a\": \"☃\"}").body().compact()).hasToString("{\"a\":\"☃\"}");
        }
    }

    /// In its first run, where nothing is known about it, and in later ones.
    @ParameterizedTest
    @Tag("K-22")
    @ValueSource(
            strings = {
                "#!/bin/sh\ncat >/dev/null\necho \"$1\"\n",
                "#!/bin/sh\nexec 4<&0 </dev/null\nrest=$(cat <&4)\necho \"$1\"\n",
                "#!/usr/bin/env python3\nimport sys\nsys.stdin.read()\nprint(sys.argv[1])\n"
            })
    void aProgramThatReadsItsInputToTheEndGetsTheEnd(String code) throws Exception {
        try (var sandbox = start().with(ActionCode.source(code))) {
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.run("{\"i\": " + i + "}").body().compact()).hasToString("{\"i\":" + i + "}");
            }
        }
    }

    @Test
    @Tag("K-22")
    void aCompiledProgramThatReadsItsInputToTheEndGetsTheEnd() throws Exception {
        String source = """
                #include <stdio.h>
                int main(int argc, char **argv) {
                    while (getchar() != EOF) { }
                    return puts(argv[1]) < 0;
                }
                """;
        String script = "#!/bin/sh\ncat >/dev/null\necho \"$1\"\n";

        try (var sandbox = start().with(CompiledProgram.of(source, script))) {
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.run("{\"i\": " + i + "}").body().compact()).hasToString("{\"i\":" + i + "}");
            }
        }
    }

    @Test
    @Tag("K-22")
    void aZipHoldsTheExecutableAndItsFiles() throws Exception {
        byte[] zip = Archives.zip(Map.of("exec", "#!/bin/sh\ncat lib/data\n", "lib/data", "{\"a\":1}"));

        try (var sandbox = start().with(ActionCode.binary(zip))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"a\":1}");
        }
    }

    @Test
    @Tag("K-22")
    @Tag("attack-26")
    void codeThatCannotRunIsRefusedInWords() throws Exception {
        var foreign = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, foreign, 0, 7);
        foreign[18] = (byte) 0xfe;

        assertThat(refusal(ActionCode.source("echo hello"))).contains("neither an executable for Linux nor a script");
        assertThat(refusal(ActionCode.binary(foreign))).contains("The executable is made for another kind of machine");
        assertThat(refusal(ActionCode.binary(Archives.zip(Map.of("x", ""))))).contains("an executable named 'exec'");
        assertThat(refusal(ActionCode.binary(Archives.zip(Map.of("../exec", "")))))
                .contains("leads out of its folder");
        assertThat(refusal(ActionCode.binary(Archives.bomb("exec", 600L << 20))))
                .contains("expands to more than");
        assertThat(refusal(ActionCode.binary("PK no zip".getBytes(UTF_8)))).contains("The action archive is damaged");
    }

    @Test
    @Tag("K-22")
    void aMissingInterpreterIsNamed() throws Exception {
        try (var sandbox = start().with(ActionCode.source("#!/nowhere/sh\n"))) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, "Cannot start action: its interpreter is not here: #!/nowhere/sh.");
        }
    }

    @Test
    @Tag("attack-5")
    void theProgramDoesNotInheritTheWireForAttack5() throws Exception {
        String code = "#!/bin/sh\nls -l /proc/self/fd >&2\necho '{}'\n";
        try (var sandbox = start().with(ActionCode.source(code))) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{}");

            assertThat(sandbox.lines(activation)).isNotEmpty().noneMatch(line -> line.contains("socket"));
        }
    }

    private String refusal(ActionCode code) throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(code);
            assertThat(answer.status()).isEqualTo(502);
            return answer.error();
        }
    }
}
