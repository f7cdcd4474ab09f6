package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Executables that read a line for each run and answer on descriptor 3 (row K-23).
class NativeLoopTest extends NativeContract {
    @Override
    String form() {
        return "loop";
    }

    /// Its environment is that of its start; each line tells it what changes.
    @Override
    boolean followsTheEnvironmentOfARun() {
        return false;
    }

    @Test
    @Tag("K-23")
    void theProgramStaysFromRunToRun() throws Exception {
        try (var sandbox = start("counts")) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"count\":1}");
            assertThat(sandbox.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
            assertThat(sandbox.run("{}").body()).hasToString("{\"count\":2}");
            assertThat(sandbox.sandbox().inspect()).isEqualTo(Sandbox.Condition.CLEAN);
        }
    }

    @Test
    @Tag("K-23")
    void anAcknowledgementIsNoAnswer() throws Exception {
        try (var sandbox = start()) {
            var init = action("acknowledges").init(Map.of("OW_WAIT_FOR_ACK", "yes"));

            assertThat(TestSandbox.answer(sandbox.init(init, ActivationId.random()))
                            .status())
                    .isEqualTo(200);
            assertThat(sandbox.run("{}").body()).hasToString("{\"answer\":true}");
            assertThat(sandbox.run("{}").body()).hasToString("{\"answer\":true}");
        }
    }

    @Test
    @Tag("K-23")
    @Tag("attack-5")
    void aSecondAnswerIsNotThatOfTheNextRunForAttack5() throws Exception {
        String code = "#!/bin/sh\nwhile read -r line; do printf '%s\\n{\"forged\":1}\\n' \"$line\" >&3; done\n";
        try (var sandbox = start().with(ActionCode.source(code))) {
            for (int i = 0; i < 5; i++) {
                Answer answer = sandbox.run("{\"i\":" + i + "}");

                assertThat(answer.body().field("value").orElseThrow().compact()).hasToString("{\"i\":" + i + "}");
            }
        }
    }
}
