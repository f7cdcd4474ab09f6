package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.runtime.contract.TestSandbox.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runtime for Swift (row K-22), where its compiler is.
class SwiftTest extends CompiledContract {
    private static final String KIND = "swift:5.7";

    @BeforeAll
    static void requireTools() {
        Toolchain.require(KIND);
    }

    @Override
    String kind() {
        return KIND;
    }

    @Override
    ActionCode action(String name) {
        return ActionCode.resource("swift/" + name + ".swift");
    }

    @Override
    String mainFile() {
        return "action.swift";
    }

    @Override
    String noEntryPoint() {
        return "cannot find 'nowhere' in scope";
    }

    @Override
    String uniqueSource(String mark) {
        return "func main(%1$s: Any) -> Any { return %1$s }\n".formatted(mark);
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {"greets | {\"name\":\"Hello Ada\"}", "fails | {\"error\":\"noGood\"}"})
    void functionsHaveTypesOfTheirOwnAndErrors(String main, String result) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            assertThat(sandbox.run("{\"name\":\"Ada\"}")).isEqualTo(new Answer(200, TestSandbox.json(result)));
        }
    }
}
