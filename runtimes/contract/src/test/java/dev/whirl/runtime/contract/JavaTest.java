package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runtime for Java (row K-22).
class JavaTest extends RuntimeContract {
    private static final String FAILED = "An error has occurred while invoking the action (see logs for details).";

    @Override
    String kind() {
        return "java:25";
    }

    @Override
    ActionCode action(String name) {
        String className = Arrays.stream(name.split("-"))
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
        return jar(className).withMain(className);
    }

    private static ActionCode jar(String className) {
        try {
            return ActionCode.binary(JavaCompiler.jar(className));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {
                "Forms#niam         | {}                 | {\"from\":\"niam\"}",
                "Forms#listed       | {\"a\":null}       | [{\"a\":null}]",
                "Forms#interrupts   | {\"n\":1.0}        | {\"n\":1.0}",
                "Forms#seesLauncher | {\"h\":\"<a>&'\"}  | {\"h\":\"<a>&'\",\"sees\":false}"
            })
    void mainNamesAClassAndAMethod(String main, String arguments, String result) throws Exception {
        try (var sandbox = start().with(jar("Forms").withMain(main))) {
            assertThat(sandbox.run(arguments)).isEqualTo(new Answer(200, TestSandbox.json(result)));
            assertThat(sandbox.run(arguments).status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("K-22")
    void interruptsThatComeAtAnyTimeLeaveTheSandboxAlive() throws Exception {
        try (var sandbox = start().with(jar("Forms").withMain("Forms#interruptsForEver"))) {
            String large = "{\"text\":\"" + "x".repeat(1_000_000) + "\"}";

            for (int i = 0; i < 5; i++) {
                assertThat(sandbox.run(large).status()).isEqualTo(200);
                assertThat(sandbox.run("{\"i\":" + i + "}").body()).hasToString("{\"i\":" + i + "}");
            }
        }
    }

    @Test
    @Tag("K-22")
    void withoutAnEntryPointTheManifestNamesTheClass() throws Exception {
        try (var sandbox = start().with(jar("Echo"))) {
            assertThat(sandbox.run("{\"a\":1}").body()).hasToString("{\"a\":1}");
        }
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {
                "Nowhere      | The class 'Nowhere' is not in the jar",
                "Forms#nix    | There is no method 'Forms#nix' that is public and static",
                "Forms#hidden | There is no method 'Forms#hidden' that is public and static"
            })
    void aWrongEntryPointIsNamed(String main, String sentence) throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(jar("Forms").withMain(main));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).startsWith("Initialization has failed due to: " + sentence);
        }
    }

    @Test
    @Tag("K-22")
    void codeThatIsNoJarIsRefused() throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(ActionCode.binary("no jar".getBytes(UTF_8)));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).startsWith("Initialization has failed due to: The code is not a jar");
        }
    }

    @Test
    @Tag("K-22")
    void anExceptionIsTheDevelopersErrorWithATraceInTheLogs() throws Exception {
        try (var sandbox = start().with(jar("Forms").withMain("Forms#fails"))) {
            var activation = ActivationId.random();

            Answer answer = sandbox.run(activation, "{}");

            assertThat(answer).extracting(Answer::status, Answer::error).containsExactly(502, FAILED);
            assertThat(sandbox.lines(activation))
                    .contains("stderr: java.lang.IllegalStateException: no good")
                    .anyMatch(line -> line.contains("at Forms.fails(Forms.java:"));
        }
    }

    @Test
    @Tag("K-22")
    void aNumberThatJsonDoesNotHaveIsTheDevelopersError() throws Exception {
        try (var sandbox = start().with(jar("Forms").withMain("Forms#notANumber"))) {
            assertThat(sandbox.run("{}"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, FAILED);
        }
    }

    @Test
    @Tag("K-22")
    void anArrayForAnActionThatTakesAnObjectIsRefusedInWords() throws Exception {
        try (var sandbox = start().with(jar("Forms").withMain("Forms#niam"))) {
            assertThat(sandbox.run("[1]"))
                    .extracting(Answer::status, Answer::error)
                    .containsExactly(502, "The method 'Forms#niam' does not take a JsonArray.");
        }
    }

    @Test
    @Tag("K-22")
    void systemExitEndsTheSandboxAndNoOther() throws Exception {
        try (var exits = start("exits");
                var other = start("echo")) {
            Reply reply = exits.run(ActivationId.random(), "{}", Map.of(), Duration.ofSeconds(10));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Died.class, died -> assertThat(died.cause()).isEqualTo(Reply.Died.Cause.EXITED));
            assertThat(other.run("{}").status()).isEqualTo(200);
        }
    }
}
