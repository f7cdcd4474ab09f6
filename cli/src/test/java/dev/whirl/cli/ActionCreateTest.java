package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActionCreateTest extends WskTest {
    private static final String CODE = "function main() { return {ok: \"ä\"} }";

    @Test
    @Tag("L-1")
    @Tag("L-24")
    void aFileBecomesAnAction() throws IOException {
        wsk.file("hello.js", CODE);

        var run = wsk.answer(200, "{}").run("action", "create", "hello", "hello.js");

        assertThat(run).isEqualTo(new Wsk.Run(0, "ok: created action hello\n", ""));
        var seen = wsk.server().last();
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.target()).isEqualTo("/api/v1/namespaces/_/actions/hello?overwrite=false");
        assertThat(seen.body())
                .isEqualTo(
                        "{\"exec\":{\"kind\":\"nodejs:default\",\"code\":\"function main() { return {ok: \\\"ä\\\"} }\"}}");
    }

    @Test
    @Tag("L-1")
    void allFlagsReachTheServer() throws IOException {
        wsk.file("code.py", "x");
        wsk.file("notes.json", "{\"b\":{\"c\":1}}");

        var run = wsk.answer(200, "{}")
                .run(
                        "action",
                        "create",
                        "/guest/utils/hello",
                        "code.py",
                        "--kind",
                        "python:3.11",
                        "--main",
                        "f.g",
                        "-t",
                        "1000",
                        "--memory",
                        "512",
                        "-l",
                        "0",
                        "-c",
                        "5",
                        "-p",
                        "n",
                        "-5",
                        "--param",
                        "s",
                        "a b",
                        "-a",
                        "description",
                        "says \"hello\"",
                        "-A",
                        "notes.json",
                        "-p",
                        "n",
                        "[1]");

        assertThat(run.out()).isEqualTo("ok: created action utils/hello\n");
        assertThat(wsk.server().last().target()).contains("/namespaces/guest/actions/utils/hello?");
        assertThat(wsk.server().last().body())
                .isEqualTo("{\"exec\":{\"kind\":\"python:3.11\",\"code\":\"x\",\"main\":\"f.g\"},"
                        + "\"parameters\":[{\"key\":\"n\",\"value\":[1]},{\"key\":\"s\",\"value\":\"a b\"}],"
                        + "\"annotations\":[{\"key\":\"description\",\"value\":\"says \\\"hello\\\"\"},"
                        + "{\"key\":\"b\",\"value\":{\"c\":1}}],"
                        + "\"limits\":{\"timeout\":1000,\"memory\":512,\"logs\":0,\"concurrency\":5}}");
    }

    @ParameterizedTest
    @Tag("L-35")
    @CsvSource({
        "a.js, nodejs:default",
        "a.py, python:default",
        "a.swift, swift:default",
        "a.php, php:default",
        "a.rb, ruby:default",
        "a.rs, rust:default",
        "a.go, go:default",
        "a.jar, java:default",
        "a.balx, ballerina:default"
    })
    void theSuffixTellsTheKind(String file, String kind) throws IOException {
        if (file.endsWith(".jar")) {
            wsk.archive(file);
        } else {
            wsk.file(file, "x");
        }

        wsk.answer(200, "{}").run("action", "create", "a", file);

        assertThat(wsk.server().last().body()).contains("\"kind\":\"" + kind + "\"");
    }

    @Test
    @Tag("L-35")
    void archivesAndExecutablesAreSentAsBase64() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(wsk.archive("a.zip")));
        Files.write(folder.resolve("exec"), new byte[] {0x7f, 'E', 'L', 'F', 0, (byte) 0xff});
        wsk.answer(200, "{}").answer(200, "{}").answer(200, "{}");

        wsk.run("action", "create", "a", "a.zip", "--kind", "nodejs:20");
        assertThat(wsk.server().last().body()).contains("\"code\":\"" + base64 + "\"");
        wsk.run("action", "create", "a", "exec", "--kind", "native");
        assertThat(wsk.server().last().body()).contains("\"kind\":\"native\",\"code\":\"f0VMRgD/\"");
        wsk.run("action", "create", "a", "a.zip", "--native");
        assertThat(wsk.server().last().body())
                .isEqualTo("{\"exec\":{\"kind\":\"blackbox\",\"image\":\"openwhisk/dockerskeleton\",\"code\":\""
                        + base64 + "\"}}");
    }

    @Test
    @Tag("L-35")
    void anImageNeedsNoCode() {
        wsk.answer(200, "{}").run("action", "create", "a", "--docker", "me/image:1");

        assertThat(wsk.server().last().body()).isEqualTo("{\"exec\":{\"kind\":\"blackbox\",\"image\":\"me/image:1\"}}");
    }

    @Test
    @Tag("L-1")
    void aSequenceNamesItsComponentsInFull() {
        wsk.answer(200, "{}").run("action", "create", "both", "--sequence", "a,/ns/pkg/b, utils/c");

        assertThat(wsk.server().last().body())
                .isEqualTo("{\"exec\":{\"kind\":\"sequence\",\"components\":[\"/_/a\",\"/ns/pkg/b\",\"/_/utils/c\"]}}");
    }

    @Test
    @Tag("L-1")
    void aCopyTakesCodeParametersAndAnnotations() {
        wsk.answer(
                        200,
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"c\",\"binary\":false},"
                                + "\"parameters\":[{\"key\":\"a\",\"value\":1,\"init\":true},{\"key\":\"b\",\"value\":2}],"
                                + "\"annotations\":[{\"key\":\"final\",\"value\":true}]}")
                .answer(200, "{}");

        var run = wsk.run("action", "create", "new", "/ns/old", "--copy", "-p", "b", "3");

        assertThat(run.exitCode()).isZero();
        assertThat(wsk.server().seen().getFirst().target()).isEqualTo("/api/v1/namespaces/ns/actions/old?code=true");
        assertThat(wsk.server().last().body())
                .isEqualTo("{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"c\",\"binary\":false},"
                        + "\"parameters\":[{\"key\":\"a\",\"value\":1,\"init\":true},{\"key\":\"b\",\"value\":3}],"
                        + "\"annotations\":[{\"key\":\"final\",\"value\":true}]}");
    }

    @ParameterizedTest
    @Tag("L-36")
    @CsvSource({
        "true, true, false, true",
        "yes, true, false, true",
        "RAW, true, true, true",
        "no, false, false, false",
        "false, false, false, false"
    })
    void webSetsThreeAnnotations(String mode, boolean isExported, boolean isRaw, boolean isFinal) throws IOException {
        wsk.file("a.js", "x");

        wsk.answer(200, "{}").run("action", "create", "a", "a.js", "--web", mode);

        assertThat(wsk.server().last().body())
                .contains(
                        "\"annotations\":[{\"key\":\"web-export\",\"value\":%b},{\"key\":\"raw-http\",\"value\":%b},{\"key\":\"final\",\"value\":%b}]"
                                .formatted(isExported, isRaw, isFinal));
    }

    @Test
    @Tag("L-36")
    void webSecureMakesANumberOrTakesTheText() throws IOException {
        wsk.file("a.js", "x");
        wsk.answer(200, "{}").answer(200, "{}");

        wsk.run("action", "create", "a", "a.js", "--web", "true", "--web-secure", "true");
        assertThat(wsk.server().last().body()).containsPattern("\"require-whisk-auth\",\"value\":[1-9][0-9]*}");
        wsk.run("action", "create", "a", "a.js", "--web", "true", "--web-secure", "s3cret");
        assertThat(wsk.server().last().body()).contains("{\"key\":\"require-whisk-auth\",\"value\":\"s3cret\"}");
    }

    @Test
    @Tag("L-36")
    void webSecureFalseRemovesTheSecretOfAnExistingAction() {
        wsk.answer(
                        200,
                        "{\"annotations\":[{\"key\":\"web-export\",\"value\":true},{\"key\":\"require-whisk-auth\",\"value\":7}]}")
                .answer(200, "{}");

        var run = wsk.run("action", "update", "a", "--web-secure", "false", "--del-annotation", "x");

        assertThat(run.out()).isEqualTo("ok: updated action a\n");
        assertThat(wsk.server().last().body()).isEqualTo("{\"delAnnotations\":[\"x\",\"require-whisk-auth\"]}");
    }

    @Test
    @Tag("L-2")
    void anUpdateMentionsOnlyWhatChanges() {
        var run = wsk.answer(200, "{}").run("action", "update", "hello", "--memory", "512");

        assertThat(run).isEqualTo(new Wsk.Run(0, "ok: updated action hello\n", ""));
        assertThat(wsk.server().last().target()).endsWith("hello?overwrite=true");
        assertThat(wsk.server().last().body()).isEqualTo("{\"limits\":{\"memory\":512}}");
    }

    @Test
    @Tag("L-29")
    @Tag("L-30")
    void whatTheServerRefusesIsTold() throws IOException {
        wsk.file("hello.js", CODE);

        var run = wsk.answer(409, "{\"error\":\"resource already exists\",\"code\":\"TID\"}")
                .run("action", "create", "hello", "hello.js");

        assertThat(run)
                .isEqualTo(new Wsk.Run(
                        153, "", "error: Unable to create action 'hello': resource already exists (code TID)\n"));
    }

    @Test
    @Tag("L-1")
    void codeMayComeThroughAPipeIfTheKindIsNamed() throws Exception {
        Path pipe = folder.resolve("63");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        wsk.answer(200, "{}");

        write(pipe);
        assertThat(wsk.run("action", "create", "a", "63", "--kind", "nodejs:20").exitCode())
                .isZero();
        assertThat(wsk.server().last().body()).contains("\"kind\":\"nodejs:20\",\"code\":\"main\"");
        write(pipe);
        assertThat(wsk.run("action", "create", "a", "63"))
                .isEqualTo(
                        new Wsk.Run(
                                2,
                                "",
                                "error: Invalid argument(s). creating an action from a pipe, or a file without a suffix, requires specifying the action kind explicitly\nRun 'wsk --help' for usage.\n"));
    }

    private static void write(Path pipe) {
        Thread.ofVirtual().start(() -> {
            try {
                Files.writeString(pipe, "main");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    @Tag("L-29")
    @Tag("L-30")
    void badJsonIsNoWrongUse() throws IOException {
        wsk.file("a.js", "x");

        assertThat(wsk.run("action", "create", "a", "a.js", "-p", "key", "{\"a\":1"))
                .isEqualTo(
                        new Wsk.Run(
                                1,
                                "",
                                "error: Invalid argument(s). Invalid parameter argument 'key', which begins as JSON does: Unexpected end-of-input, at byte 6 (line 1, column 7)\nRun 'wsk --help' for usage.\n"));
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("L-1")
    @Tag("L-29")
    @Tag("L-30")
    void aKindThatTheServerLacksIsTold() throws IOException {
        wsk.file("hello.js", CODE);
        String sentence = "The request content was malformed:\\nkind 'nonsense' not in Set(nodejs:20)";

        var run = wsk.answer(400, "{\"error\":\"" + sentence + "\",\"code\":\"TID\"}")
                .run("action", "create", "hello", "hello.js", "--kind", "nonsense");

        assertThat(run)
                .isEqualTo(
                        new Wsk.Run(
                                144,
                                "",
                                "error: Unable to create action 'hello': The request content was malformed: kind 'nonsense' not in Set(nodejs:20) (code TID)\n"));
        assertThat(wsk.server().last().body()).contains("\"kind\":\"nonsense\"");
    }

    @Test
    @Tag("L-1")
    void whatIsToBeCopiedOrCalledInSequenceIsLookedForIfItIsNotThere() {
        String there =
                "[{\"namespace\":\"guest/utils\",\"name\":\"split\"},{\"namespace\":\"guest\",\"name\":\"join\"}]";
        wsk.answer(404, "{\"error\":\"The requested resource does not exist.\",\"code\":\"TID\"}")
                .answer(200, there)
                .answer(400, "{\"error\":\"Sequence component does not exist.\",\"code\":\"TID\"}")
                .answer(200, there);

        assertThat(wsk.run("action", "create", "a", "jion", "--copy").err())
                .endsWith("(code TID)\nIn this namespace there is join.\n");
        assertThat(wsk.run("action", "create", "a", "--sequence", "utils/splt,join"))
                .isEqualTo(
                        new Wsk.Run(
                                144,
                                "",
                                "error: Unable to create action 'a': Sequence component does not exist. (code TID)\nIn this namespace there is utils/split.\n"));
    }

    @ParameterizedTest
    @Tag("L-29")
    @Tag("L-35")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "action create | An action name and code artifact are required.",
                "action create a | An action name and code artifact are required.",
                "action create a nowhere.js | File 'nowhere.js' is not a valid file or it does not exist",
                "action create a a.zip | creating an action from a .zip artifact requires specifying the action kind explicitly",
                "action create a folder.js | File 'folder.js' is not a valid file or it does not exist",
                "action create a broken.zip --kind nodejs:20 | File 'broken.zip' is not a readable archive: zip END header not found",
                "action create a a.txt | '.txt' is not a supported action runtime",
                "action create a a.zip --kind java | Java actions require --main to specify the fully-qualified name of the main class",
                "action create a a.zip --kind k --docker i | Cannot specify both --kind and --docker at the same time.",
                "action create a a.js --web maybe | Invalid argument 'maybe' for --web flag. Valid input consist of 'yes', 'true', 'raw', 'false', or 'no'.",
                "action create a a.java | '.java' is not a supported action runtime: compile it, pack the classes into a .jar, and name the main class",
                "action create a a.java --kind java:25 --main A | '.java' is not a supported action runtime: compile it, pack the classes into a .jar, and name the main class",
                "action create a a.js --web-secure x | The --web-secure option is only valid when the --web option is enabled."
            })
    void wrongUseIsExplainedAndSendsNothing(String line, String reason) throws IOException {
        wsk.archive("a.zip");
        wsk.file("broken.zip", "x");
        wsk.file("a.js", "x");
        Files.createDirectory(folder.resolve("folder.js"));
        wsk.file("a.txt", "1");
        wsk.file("a.java", "class A {}");

        var run = wsk.run(line.split(" "));

        assertThat(run)
                .isEqualTo(new Wsk.Run(
                        2, "", "error: Invalid argument(s). " + reason + "\nRun 'wsk --help' for usage.\n"));
        assertThat(wsk.server().seen()).isEmpty();
    }
}
