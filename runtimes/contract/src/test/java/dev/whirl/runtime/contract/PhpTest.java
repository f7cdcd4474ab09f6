package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Reply;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runtime for PHP (row K-22).
class PhpTest extends InterpretedContract {
    private static final String KIND = "php:8.2";

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
        return ActionCode.resource("php/" + name + ".php");
    }

    @Override
    String mainFile() {
        return "index.php";
    }

    @Override
    String syntaxError() {
        return "ParseError";
    }

    /// PHP has one kind of array for both.
    @Override
    String emptyObject() {
        return "[]";
    }

    @ParameterizedTest
    @Tag("K-22")
    @ValueSource(strings = {"raises", "wrong_type"})
    void anExceptionIsAnApplicationErrorWithATraceInTheLogs(String main) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            var activation = ActivationId.random();

            Answer answer = sandbox.run(activation, "{}");

            assertThat(answer)
                    .isEqualTo(
                            new Answer(200, TestSandbox.json("{\"error\":\"An error occurred running the action.\"}")));
            assertThat(sandbox.lines(activation)).anyMatch(line -> line.matches("stderr: .* in .*index.php:\\d+.*"));
        }
    }

    @Test
    @Tag("K-22")
    void whatIsNotJsonIsTheDevelopersError() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("not_json"))) {
            assertThat(sandbox.run("{}").error())
                    .startsWith("An error has occurred: the result is not JSON: Inf and NaN");
        }
    }

    @ParameterizedTest
    @Tag("K-22")
    @ValueSource(strings = {"return [];", "return null;", "return new stdClass();", "return new ArrayObject();"})
    void nothingIsAnEmptyObject(String body) throws Exception {
        try (var sandbox = start().with(ActionCode.source("<?php function main($args) { " + body + " }"))) {
            assertThat(sandbox.run("{}").body()).hasToString("{}");
        }
    }

    @Test
    @Tag("K-12")
    void whatEndsTheInterpreterAtTheInitIsExplained() throws Exception {
        String twice = "<?php\nfunction main($args) {}\nfunction main($args) {}";

        assertThat(refusal(twice)).contains("Cannot redeclare main()", "(index.php, line 3)");
        assertThat(refusal("<?php exit(0);")).contains("the code ended the process while it was loaded");
        assertThat(refusal("<?php\nnowhere();")).contains("Call to undefined function nowhere() (index.php, line 2)");
    }

    private String refusal(String code) throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(ActionCode.source(code));
            assertThat(answer.status()).isEqualTo(502);
            return answer.error();
        }
    }

    @Test
    @Tag("K-22")
    void aZipHoldsTheCodeAndWhatComposerInstalled() throws Exception {
        var files = Map.of(
                "index.php", "<?php require 'part.php'; function main($args) { return [PART, Vendor::NAME]; }",
                "part.php", "<?php const PART = 'from beside';",
                "vendor/autoload.php", "<?php class Vendor { const NAME = 'from vendor'; }");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("[\"from beside\",\"from vendor\"]");
        }
    }

    @Test
    @Tag("K-22")
    void aZipWithoutIndexIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("other.php", ""))))
                .contains("Zipped actions must contain index.php at the root.");
    }

    @Test
    @Tag("K-16")
    void whatAnActionBuffersIsShownWithItsRun() throws Exception {
        String code = "<?php function main($args) { ob_start(); echo 'kept'; error_log('logged'); return []; }";
        try (var sandbox = start().with(ActionCode.source(code))) {
            for (int i = 0; i < 2; i++) {
                var activation = ActivationId.random();

                sandbox.run(activation, "{}");

                assertThat(sandbox.lines(activation)).containsExactlyInAnyOrder("stdout: kept", "stderr: logged");
            }
        }
    }

    @Test
    @Tag("attack-5")
    void aForkedChildCannotAnswerForAttack5() throws Exception {
        try (var sandbox = start("forks")) {
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.run("{}").body()).hasToString("{\"from\":\"the parent\"}");
            }
        }
    }

    @Test
    @Tag("K-12")
    void anActionThatExitsEndsTheSandbox() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("exits"))) {
            Reply reply = sandbox.run(ActivationId.random(), "{}", Map.of(), Duration.ofSeconds(10));

            assertThat(reply).isInstanceOf(Reply.Died.class);
        }
    }
}
