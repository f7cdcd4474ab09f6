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
    void aCompiledProgramStaysFromRunToRun() throws Exception {
        String source = """
                #include <stdio.h>
                int main(void) {
                    FILE *answers = fdopen(3, "w");
                    int count = 0;
                    for (int c; (c = getchar()) != EOF; ) {
                        if (c == '\\n') {
                            fprintf(answers, "{\\"count\\":%d}\\n", ++count);
                            fflush(answers);
                        }
                    }
                    return 0;
                }
                """;

        try (var sandbox =
                start().with(CompiledProgram.of(source, action("counts").code()))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"count\":1}");
            assertThat(sandbox.run("{}").body()).hasToString("{\"count\":2}");
        }
    }

    @Test
    @Tag("K-23")
    void aProgramThatThinksForLongBeforeItAnswersStays() throws Exception {
        String code =
                "#!/bin/sh\nn=0\nwhile read -r line; do sleep 1; n=$((n + 1)); echo \"{\\\"n\\\":$n}\" >&3; done\n";
        try (var sandbox = start().with(ActionCode.source(code))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"n\":1}");
            assertThat(sandbox.run("{}").body()).hasToString("{\"n\":2}");
        }
    }

    @Test
    @Tag("K-23")
    void aProgramThatReadsOnBeforeItAnswersIsStartedAgainOnceAndStaysThen() throws Exception {
        String code = """
                #!/usr/bin/env python3
                import json, os, queue, sys, threading, time
                lines = queue.Queue()
                def answer():
                    n = 0
                    with os.fdopen(3, "w") as answers:
                        while lines.get():
                            time.sleep(0.2)
                            n += 1
                            print(json.dumps({"n": n}), file=answers, flush=True)
                thread = threading.Thread(target=answer)
                thread.start()
                for line in sys.stdin:
                    lines.put(line)
                lines.put(None)
                """;
        try (var sandbox = start().with(ActionCode.source(code))) {
            for (int n : new int[] {1, 1, 2, 3}) {
                assertThat(sandbox.run("{}").body().compact()).hasToString("{\"n\":" + n + "}");
            }
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
