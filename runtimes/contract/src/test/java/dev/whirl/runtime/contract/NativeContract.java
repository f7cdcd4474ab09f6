package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.runtime.contract.TestSandbox.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the runtime for executables does with programs of either form.
abstract class NativeContract extends RuntimeContract {
    /// The folder of the actions.
    abstract String form();

    @Override
    String kind() {
        return "native";
    }

    @Override
    ActionCode action(String name) {
        return ActionCode.resource("native/" + form() + "/" + name);
    }

    /// Their environment is set once, for a process that is new; what starts them is also Python's, which has more.
    @Override
    int manyRuns() {
        return 100;
    }

    @Test
    @Tag("K-23")
    void aProgramThatEndsWithoutAnAnswerIsTheDevelopersError() throws Exception {
        try (var sandbox = start("exits")) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, "The action's process ended before it answered (exit code 3).");
        }
    }
}
