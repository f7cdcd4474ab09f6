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
import org.junit.jupiter.params.provider.CsvSource;

/// The runtime for Ruby (row K-22).
class RubyTest extends InterpretedContract {
    private static final String KIND = "ruby:3.1";

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
        return ActionCode.resource("ruby/" + name + ".rb");
    }

    @Override
    String mainFile() {
        return "main.rb";
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {
                "raises   | An error has occurred: ArgumentError: no good (main.rb:5)",
                "exits    | An error has occurred: SystemExit: exit (main.rb:9)",
                "recurses | An error has occurred: SystemStackError: stack level too deep",
                "not_json | An error has occurred: the result is not JSON: "
            })
    void whatIsNotCaughtIsTheDevelopersErrorAndTheSandboxStays(String main, String sentence) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            for (int i = 0; i < 2; i++) {
                Answer answer = sandbox.run("{}");

                assertThat(answer.status()).isEqualTo(502);
                assertThat(answer.error()).startsWith(sentence);
            }
        }
    }

    @Test
    @Tag("K-22")
    void anExceptionHasATraceInTheLogs() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("raises"))) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{}");

            assertThat(sandbox.lines(activation))
                    .anyMatch(line -> line.matches("stderr: .*main.rb:5:in `raises': no good \\(ArgumentError\\)"))
                    .noneMatch(line -> line.contains("loop.rb"));
        }
    }

    @Test
    @Tag("K-22")
    void aZipHoldsMainAndTheFilesBesideIt() throws Exception {
        var files = Map.of(
                "main.rb", "require 'part'\nrequire 'gem'\ndef main(args) = { part: PART, gem: GEM }",
                "lib/part.rb", "PART = 'from lib'",
                "vendor/bundle/ruby/3.1.0/gems/gem-1.0/lib/gem.rb", "GEM = 'from a gem'");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"part\":\"from lib\",\"gem\":\"from a gem\"}");
        }
    }

    @Test
    @Tag("K-22")
    void aZipWithoutMainIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("other.rb", ""))))
                .contains("Zipped actions must contain main.rb at the root.");
    }

    @Test
    @Tag("K-10")
    void aVariableThatCannotBeSetIsNamed() throws Exception {
        try (var sandbox = start()) {
            var init = action("echo").init(Map.of("TORN", "a\u0000b"));

            Answer answer = TestSandbox.answer(sandbox.init(init, ActivationId.random()));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).contains("the variable 'TORN' can't be set");
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
    void anActionThatEndsItsProcessEndsTheSandbox() throws Exception {
        try (var sandbox = start("exits")) {
            Reply reply = sandbox.run(ActivationId.random(), "{}", Map.of(), Duration.ofSeconds(10));

            assertThat(reply).isInstanceOf(Reply.Died.class);
        }
    }
}
