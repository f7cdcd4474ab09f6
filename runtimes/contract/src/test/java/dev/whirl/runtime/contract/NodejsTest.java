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
import org.junit.jupiter.params.provider.ValueSource;

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

    /// The variables of a run are not in the process's own environment for long, which is what threads copy.
    @Test
    @Tag("K-11")
    void aWorkerThreadSeesTheVariablesOfTheRunThatStartedIt() throws Exception {
        String code = """
                const { Worker } = require('worker_threads');
                const thread = "require('worker_threads').parentPort.postMessage(process.env.__OW_TRANSACTION_ID)";
                exports.main = () => new Promise((done) => {
                  new Worker(thread, { eval: true }).once('message', (id) => done({ id }));
                });
                """;
        try (var sandbox = start().with(ActionCode.source(code))) {
            for (int i = 0; i < 20; i++) {
                Answer answer = sandbox.run("{}", Map.of("transaction_id", "run-" + i));

                assertThat(answer.body()).hasToString("{\"id\":\"run-%d\"}".formatted(i));
            }
        }
    }

    @Test
    void theProgramThatWasNamedForTheSuiteIsTheOneThatRuns() throws Exception {
        String code = "const main = () => ({ program: process.execPath, version: process.version });";
        try (var sandbox = start().with(ActionCode.source(code))) {
            Map<String, RawJson> process = sandbox.run("{}").body().fields();

            String named = System.getProperty("whirl.contract.nodejs");
            String program = String.valueOf(process.get("program"));
            assertThat(program)
                    .isEqualTo(named == null ? program : RawJson.string(named).toString());
            System.out.println("The suite for nodejs runs with " + process);
        }
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

    /// Each of them is a syntax error in CommonJS, and all but the first two not the one that tells an ES module.
    @ParameterizedTest
    @Tag("K-20")
    @ValueSource(
            strings = {
                "import path from 'node:path'; export const main = () => ({ ok: 1 });",
                "const main = () => ({ ok: 1 }); export { main };",
                "for await (const each of [Promise.resolve(1)]) globalThis.n = each; export const main = () => ({ ok: n });",
                "console.log(await Promise.resolve(1)); export const main = () => ({ ok: 1 });",
                "const text = `${await Promise.resolve(1)}`; export const main = () => ({ ok: +text });",
                "const n = await Promise.resolve(1); export const main = () => ({ ok: n });",
                "const __filename = import.meta.url; export const main = () => ({ ok: __filename ? 1 : 0 });",
                "const require = () => 1; export const main = () => ({ ok: require() });",
                "const { createRequire } = await import('node:module'); const require = createRequire(import.meta.url);"
                        + " export const main = () => ({ ok: require('node:path') ? 1 : 0 });"
            })
    void anEsModuleIsRecognizedInAllItsForms(String code) throws Exception {
        try (var sandbox = start().with(ActionCode.source(code))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"ok\":1}");
        }
    }

    @ParameterizedTest
    @Tag("K-20")
    @ValueSource(
            strings = {
                "const __filename = 'mine'; function main() { return { ok: __filename === 'mine' ? 1 : 0 }; }",
                "const require = module.require.bind(module); exports.main = () => ({ ok: require('path') ? 1 : 0 });",
                "let module = 1, exports = 2; const main = () => ({ ok: module });",
                "#!/usr/bin/env node\nconst __dirname = '/x'; const main = () => ({ ok: 1 });",
                "#!/usr/bin/env node\nconst main = () => ({ ok: 1 });",
                "const main = async () => { for await (const each of [1]) return { ok: each }; };"
            })
    void commonJsMayDeclareTheNamesOfItsModuleItself(String code) throws Exception {
        try (var sandbox = start().with(ActionCode.source(code))) {
            assertThat(sandbox.run("{}").body()).hasToString("{\"ok\":1}");
        }
    }

    @Test
    @Tag("K-12")
    @Tag("K-20")
    void aSyntaxErrorBeforeAnExportIsTold() throws Exception {
        try (var sandbox = start()) {
            Answer answer = sandbox.init(ActionCode.source("// one\nconst x = ;\nexport const main = () => ({});"));

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.error()).contains("SyntaxError: Unexpected token ';'", "js:2");
        }
    }

    @Test
    @Tag("K-16")
    @Tag("K-20")
    void whatIsWrittenInPartsOfCharactersComesWhole() throws Exception {
        String code = """
                function main() {
                  for (const each of Buffer.from('☃ 😀 é')) process.stdout.write(Buffer.from([each]));
                  process.stdout.write(Buffer.from(' end\\nnext').subarray(0, 7));
                  process.stdout.write('7874', 'hex');
                  process.stderr.write(new Uint8Array([0xe2, 0x98]));
                  process.stderr.write(Buffer.from([0x83]), () => {});
                  return {};
                }
                """;
        try (var sandbox = start().with(ActionCode.source(code))) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{}");

            assertThat(sandbox.lines(activation))
                    .containsExactlyInAnyOrder("stdout: ☃ 😀 é end", "stdout: next", "stderr: ☃");
        }
    }

    /// A cost that grows with the square of their number would take longer than the test may.
    @Test
    @Tag("K-16")
    @Tag("K-20")
    void aMillionSmallWritesToOneLineCostAsMuchAsTheirSize() throws Exception {
        String code = """
                function main({ count }) {
                  for (let i = 0; i < count; i++) process.stdout.write('ab');
                  for (let i = 0; i < count; i++) process.stdout.write(Buffer.from('☃'));
                  return {};
                }
                """;
        try (var sandbox = start().with(ActionCode.source(code))) {
            var activation = ActivationId.random();

            sandbox.run(activation, "{\"count\":1000000}");

            List<String> lines = sandbox.lines(activation);
            assertThat(lines).hasSizeBetween(4, 20).allMatch(line -> line.matches("stdout: (ab)*☃*"));
            assertThat(String.join("", lines).replaceAll("stdout: ", "")).hasSize(3_000_000);
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
