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

/// The runtime for Go (row K-22).
class GoTest extends CompiledContract {
    private static final String KIND = "go:1.19";

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
        return ActionCode.resource("go/" + name + ".go");
    }

    @Override
    String mainFile() {
        return "action.go";
    }

    @Override
    String noEntryPoint() {
        return "undefined: Nowhere";
    }

    @Override
    String uniqueSource(String mark) {
        return "package main\n\nconst %s = 1\n\nfunc Main(args any) any { return args }\n".formatted(mark);
    }

    @ParameterizedTest
    @Tag("K-22")
    @CsvSource(
            delimiter = '|',
            value = {
                "Greets  | {\"name\":\"Ada\"} | {\"name\":\"Hello Ada\"}",
                "greets  | {\"name\":\"Ada\"} | {\"name\":\"Hello Ada\"}",
                "Fails   | {}                 | {\"error\":\"no good\"}",
                "NotJson | {}                 | {\"error\":\"the result is not JSON: json: unsupported type: chan int\"}"
            })
    void functionsHaveTypesOfTheirOwnAndErrors(String main, String arguments, String result) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            assertThat(sandbox.run(arguments)).isEqualTo(new Answer(200, TestSandbox.json(result)));
        }
    }

    @Test
    @Tag("K-22")
    void aPanicEndsTheProcessWhichIsStartedAgain() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("Panics"))) {
            for (int i = 0; i < 2; i++) {
                var activation = ActivationId.random();

                assertThat(sandbox.run(activation, "{}"))
                        .extracting(Answer::status, Answer::error)
                        .containsExactly(502, "The action's process ended before it answered (exit code 2).");
                assertThat(sandbox.lines(activation))
                        .contains("stderr: panic: no good")
                        .anyMatch(line -> line.contains("action.go:15"));
            }
        }
    }

    @Test
    @Tag("K-22")
    void aZipHoldsAModuleWithPackagesOfItsOwnAndOfOthers() throws Exception {
        var files = Map.of(
                "go.mod", "module example.com/mine\n\ngo 1.18\n\nrequire example.com/theirs v1.0.0\n",
                "action.go", """
                        package main

                        import (
                            "example.com/mine/part"
                            "example.com/theirs"
                        )

                        func Main(args map[string]any) map[string]any {
                            return map[string]any{"part": part.Name, "theirs": theirs.Name}
                        }
                        """,
                "part/part.go", "package part\n\nconst Name = \"mine\"\n",
                "vendor/modules.txt", "# example.com/theirs v1.0.0\n## explicit\nexample.com/theirs\n",
                "vendor/example.com/theirs/theirs.go", "package theirs\n\nconst Name = \"theirs\"\n");

        try (var sandbox = start().with(ActionCode.binary(Archives.zip(files)))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"part\":\"mine\",\"theirs\":\"theirs\"}");
        }
    }

    @Test
    @Tag("K-22")
    @Tag("K-23")
    void codeWithAMainIsAProgramAlready() throws Exception {
        String code = """
                package main

                import (
                    "bufio"
                    "fmt"
                    "os"
                )

                func main() {
                    out := os.NewFile(3, "answers")
                    fmt.Fprintln(out, `{"ok":true}`)
                    for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
                        fmt.Fprintln(out, `{"from":"main"}`)
                    }
                }
                """;

        try (var sandbox = start().with(ActionCode.source(code))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"from\":\"main\"}");
        }
    }

    @Test
    @Tag("K-22")
    void aFunctionOfAnotherFormIsRefusedInWords() throws Exception {
        try (var sandbox = start()) {
            var activation = ActivationId.random();
            String code = "package main\n\nfunc Main() {}\n";

            Answer answer = TestSandbox.answer(
                    sandbox.init(ActionCode.source(code).init(TestSandbox.INIT_ENVIRONMENT), activation));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(sandbox.lines(activation))
                    .contains("stderr: the function must take one argument and return a result, maybe with an error:"
                            + " func()");
        }
    }

    @Test
    @Tag("K-22")
    void aZipWithoutGoFilesIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("readme", ""))))
                .contains("Zipped actions must contain Go files at the root");
    }
}
