package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runtime for Rust (row K-22).
class RustTest extends CompiledContract {
    private static final String KIND = "rust:1.63";

    @BeforeAll
    static void requireTools() {
        Toolchain.requireOfDebian(KIND);
    }

    @Override
    String kind() {
        return KIND;
    }

    @Override
    ActionCode action(String name) {
        return ActionCode.resource("rust/" + name + ".rs");
    }

    @Override
    String mainFile() {
        return "src/lib.rs";
    }

    @Override
    String noEntryPoint() {
        return "cannot find value `nowhere` in crate `actions`";
    }

    @Override
    String uniqueSource(String mark) {
        return "use serde_json::{Error, Value};\npub fn main(%1$s: Value) -> Result<Value, Error> { Ok(%1$s) }\n"
                .formatted(mark);
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {
                "greets | {\"name\":\"Ada\"} | {\"greeting\":\"Hello Ada\"}",
                "greets | {}                 | {\"greeting\":\"Hello stranger\"}",
                "fails  | {}                 | {\"error\":\"no good\"}"
            })
    void functionsHaveTypesOfTheirOwnAndErrors(String main, String arguments, String result) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            assertThat(sandbox.run(arguments)).isEqualTo(new Answer(200, TestSandbox.json(result)));
        }
    }

    @Test
    @Tag("K-22")
    void anArgumentThatDoesNotFitIsAnApplicationError() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("greets"))) {
            assertThat(sandbox.run("{\"name\":1}").error()).startsWith("the argument does not fit: invalid type");
        }
    }

    @Test
    @Tag("K-22")
    void aPanicEndsTheProcessWhichIsStartedAgain() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("panics"))) {
            for (int i = 0; i < 2; i++) {
                var activation = ActivationId.random();

                assertThat(sandbox.run(activation, "{}"))
                        .extracting(Answer::status, Answer::error)
                        .containsExactly(502, "The action's process ended before it answered (exit code 101).");
                assertThat(sandbox.lines(activation)).anyMatch(line -> line.contains("no good"));
            }
        }
    }

    @Test
    @Tag("K-22")
    void aZipHoldsALibraryWithModules() throws Exception {
        var files = Map.of(
                "src/lib.rs", """
                        mod part;
                        use serde_json::{json, Error, Value};
                        pub fn main(_: Value) -> Result<Value, Error> { Ok(json!({ "part": part::NAME })) }
                        """,
                "src/part.rs", "pub const NAME: &str = \"mine\";");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"part\":\"mine\"}");
        }
    }

    @Test
    @Tag("K-22")
    void aZipWithoutALibraryIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("readme", ""))))
                .contains("Zipped actions must contain src/lib.rs");
    }
}
