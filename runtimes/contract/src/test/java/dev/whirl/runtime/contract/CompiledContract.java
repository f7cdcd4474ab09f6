package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.runtime.contract.TestSandbox.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What runtimes have in common that compile source code.
abstract class CompiledContract extends InterpretedContract {
    /// Some source that no other test compiles.
    abstract String uniqueSource(String mark);

    @Override
    String syntaxError() {
        return "the code does not compile";
    }

    @Test
    @Tag("K-22")
    void codeIsCompiledOnceAndNotForEachSandbox() throws Exception {
        var code = ActionCode.source(uniqueSource("x" + System.nanoTime()));

        Duration first = timeToStart(code);
        Duration second = timeToStart(code);

        assertThat(second).as("the first took %s", first).isLessThan(first.dividedBy(2));
    }

    private Duration timeToStart(ActionCode code) throws Exception {
        try (var sandbox = start()) {
            long begin = System.nanoTime();
            sandbox.with(code);
            var taken = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(sandbox.run("{\"a\":1}").body()).hasToString("{\"a\":1}");
            return taken;
        }
    }

    @Test
    @Tag("K-22")
    @Tag("K-23")
    void aZipMayHoldTheProgramThatWasMadeElsewhere() throws Exception {
        String program = """
                #!/bin/sh
                echo '{"ok":true}' >&3
                while read -r line; do echo "{\\"from\\":\\"$(cat data)\\"}" >&3; done
                """;

        try (var sandbox =
                start().with(ActionCode.binary(Archives.zip(Map.of("exec", program, "data", "elsewhere"))))) {
            for (int i = 0; i < 2; i++) {
                assertThat(sandbox.run("{}").body()).hasToString("{\"from\":\"elsewhere\"}");
            }
        }
    }

    @Test
    @Tag("K-23")
    void aProgramThatWasMadeElsewhereNeedNotSayThatItIsReady() throws Exception {
        String program = "#!/bin/sh\nwhile read -r line; do echo '{\"from\":\"elsewhere\"}' >&3; done\n";

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(Map.of("exec", program))))) {
            for (int i = 0; i < 2; i++) {
                assertThat(sandbox.run("{}").body()).hasToString("{\"from\":\"elsewhere\"}");
            }
        }
    }

    @Test
    @Tag("K-23")
    void aProgramThatEndsIsStartedAgainForTheNextRun() throws Exception {
        try (var sandbox = start().with(ActionCode.binary(Archives.zip(Map.of("exec", "#!/bin/sh\nexit 3\n"))))) {
            for (int i = 0; i < 2; i++) {
                assertThat(sandbox.run("{}").error()).contains("ended before it answered (exit code 3)");
            }
        }
    }

    /// What an author sets for the action must not change what the compiler makes for others with the
    /// same code.
    @Test
    @Tag("attack-2")
    void theVariablesOfTheInitAreNotTheCompilers() throws Exception {
        var code = ActionCode.source(uniqueSource("y" + System.nanoTime()));
        try (var sandbox = start()) {
            var init = code.init(
                    Map.of("__OW_NAMESPACE", "guest", "PATH", "/nowhere", "GOFLAGS", "-nosuchflag", "RUSTFLAGS", "-x"));

            Answer answer = TestSandbox.answer(sandbox.init(init, dev.whirl.model.activation.ActivationId.random()));

            assertThat(answer).extracting(Answer::status, Answer::error).containsExactly(200, "");
        }
    }
}
