package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import dev.whirl.runtime.contract.TestSandbox.Answer;
import dev.whirl.sandbox.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runtime for JavaScript (row K-20).
class NodejsTest extends InterpretedContract {
    @Override
    String kind() {
        return "nodejs:20";
    }

    @Override
    ActionCode action(String name) {
        return ActionCode.resource("nodejs/" + name + ".js");
    }

    @Override
    String mainFile() {
        return "index.js";
    }

    @ParameterizedTest
    @Tag("K-20")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing      | 200 | {}",
                "promise      | 200 | {\"later\":true}",
                "none         | 502 | {\"error\":\"The action did not return a dictionary or array.\"}",
                "number       | 502 | {\"error\":\"The action did not return a dictionary or array.\"}",
                "promisedText | 502 | {\"error\":\"The action did not return a dictionary or array.\"}"
            })
    void aResultMayBeNothingOrAPromiseAndMustBeADocument(String main, int status, String body) throws Exception {
        try (var sandbox = start().with(action("results").withMain(main))) {
            assertThat(sandbox.run("{}")).isEqualTo(new Answer(status, TestSandbox.json(body)));
        }
    }

    @Test
    @Tag("K-20")
    void aRejectedPromiseIsAnApplicationError() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("rejects"))) {
            Answer answer = sandbox.run("{}");

            Map<String, RawJson> error =
                    answer.body().field("error").orElseThrow().fields();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(error)
                    .containsEntry("name", RawJson.string("TypeError"))
                    .containsEntry("message", RawJson.string("no good"))
                    .containsEntry("status", RawJson.number(418));
            assertThat(String.valueOf(error.get("stack"))).contains("index.js").doesNotContain("launcher");
        }
    }

    @ParameterizedTest
    @Tag("K-20")
    @CsvSource(
            delimiter = '|',
            value = {
                "rejectsWithNothing | 200 | {\"error\":{}}",
                "throws             | 502 | {\"error\":\"An error has occurred: Error: thrown\"}",
                "throwsLater        | 502 | {\"error\":\"An error has occurred: Error: thrown later\"}"
            })
    void anExceptionThatIsNotCaughtIsTheDevelopersError(String main, int status, String body) throws Exception {
        try (var sandbox = start().with(action("errors").withMain(main))) {
            assertThat(sandbox.run("{}")).isEqualTo(new Answer(status, TestSandbox.json(body)));
        }
    }

    @Test
    @Tag("K-20")
    void anAsyncFunctionThatThrowsIsAnApplicationError() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("asyncThrows"))) {
            Answer answer = sandbox.run("{}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toString()).contains("\"message\":\"async\"");
        }
    }

    @Test
    @Tag("K-20")
    void aResultThatIsNoJsonIsTheDevelopersErrorAndIsExplainedInTheLogs() throws Exception {
        try (var sandbox = start().with(action("errors").withMain("circle"))) {
            var activation = ActivationId.random();

            Answer answer = sandbox.run(activation, "{}");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).startsWith("An error has occurred: TypeError: Converting circular");
            assertThat(sandbox.lines(activation)).anyMatch(line -> line.startsWith("stderr: TypeError: Converting"));
        }
    }

    @Test
    @Tag("K-20")
    void anEsModuleIsRecognizedByItsSyntax() throws Exception {
        try (var sandbox = start("module")) {
            assertThat(sandbox.run("{\"text\":\"☃\"}").body()).hasToString("{\"name\":\"b\",\"text\":\"☃\"}");
        }
    }

    @Test
    @Tag("K-20")
    void whatAnEsModuleExportsByDefaultIsItsMain() throws Exception {
        try (var sandbox = start("default-export")) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"separator\":\"/\"}");
        }
    }

    @Test
    @Tag("K-20")
    void aSyntaxErrorInAnEsModuleNamesTheLine() throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(action("module-syntax-error"));

            assertThat(answer.error()).contains("index.mjs:3", "SyntaxError");
        }
    }

    @ParameterizedTest
    @Tag("K-20")
    @CsvSource(
            delimiter = '|',
            value = {
                // what is in the archive, the entry point
                "index.js=exports.main = () => require('./lib/b');lib/b.js=module.exports = {ok: 1}           | main",
                "package.json={\"main\":\"m.js\"};m.js=exports.deep = {main: () => ({ok: 1})}                 | deep.main",
                "package.json={\"main\":\"m.js\",\"type\":\"module\"};m.js=export const main = () => ({ok: 1})| main",
                "index.mjs=export default () => ({ok: 1})                                                     | main",
                "lib/hello.js=exports.greet = async () => ({ok: 1})                                           | lib/hello.greet",
                "index.js=exports.main = () => require('x');node_modules/x/index.js=module.exports = {ok: 1}  | main"
            })
    void aZipOrTarMayHoldAModule(String contents, String main) throws Exception {
        var files = new LinkedHashMap<String, String>();
        for (String file : contents.split(";")) {
            files.put(file.substring(0, file.indexOf('=')), file.substring(file.indexOf('=') + 1));
        }

        for (byte[] archive : List.of(Archives.zip(files), Archives.tarGz(files))) {
            try (var sandbox = start().with(ActionCode.binary(archive).withMain(main))) {
                assertThat(sandbox.run("{}").body()).hasToString("{\"ok\":1}");
            }
        }
    }

    @Test
    @Tag("K-20")
    void anArchiveWithoutAModuleIsRefused() throws Exception {
        assertThat(evilArchiveReason(Archives.zip(Map.of("other.txt", ""))))
                .contains("Zipped actions must contain either package.json or index.js at the root.");
    }

    @Test
    @Tag("attack-26")
    void aTarBombAndATarThatLeadsOutOfItsFolderAreRefusedForAttack26() throws Exception {
        assertThat(evilArchiveReason(Archives.tarBomb(600L << 20))).contains("expands to more than");
        assertThat(evilArchiveReason(Archives.tarGz(Map.of("../evil", "x")))).contains("leads out of its folder");
    }

    @Test
    @Tag("K-18")
    @Tag("K-16")
    void overlappingRunsKeepTheirLogsApart() throws Exception {
        int calls = 8;
        try (var sandbox = start("overlapping");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var activations = new ArrayList<ActivationId>();
            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < calls; i++) {
                String arguments = "{\"name\":\"r%d\",\"calls\":%d}".formatted(i, calls);
                var activation = ActivationId.random();
                activations.add(activation);
                answers.add(threads.submit(() -> sandbox.run(activation, arguments)));
            }

            for (int i = 0; i < calls; i++) {
                assertThat(answers.get(i).get().body()).hasToString("{\"name\":\"r%d\"}".formatted(i));
                assertThat(sandbox.lines(activations.get(i)))
                        .containsExactly("stdout: r%d begins".formatted(i), "stderr: r%d ends".formatted(i));
            }
        }
    }

    @Test
    @Tag("K-12")
    void anActionThatExitsEndsTheSandbox() throws Exception {
        try (var sandbox = start("exits")) {
            Reply reply = sandbox.run(ActivationId.random(), "{}", Map.of(), Duration.ofSeconds(10));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Died.class, died -> assertThat(died.cause()).isEqualTo(Reply.Died.Cause.EXITED));
        }
    }

    @Test
    @Tag("attack-2")
    void anActionDoesNotStumbleOverTheLaunchersInsides() throws Exception {
        try (var sandbox = start("snoops")) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"socket\":null,\"handles\":0,\"loaded\":[]}");
        }
    }
}
