package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ActionGetTest extends WskTest {
    private static final String HELLO =
            "{\"namespace\":\"guest\",\"name\":\"hello\",\"version\":\"0.0.1\",\"exec\":{\"kind\":\"nodejs:20\",\"binary\":false},"
                    + "\"limits\":{\"timeout\":60000},\"annotations\":[{\"key\":\"exec\",\"value\":\"nodejs:20\"}]}";

    @Test
    @Tag("L-4")
    @Tag("L-24")
    void anActionIsShownWithoutItsCode() {
        var run = wsk.answer(200, HELLO).run("action", "get", "hello");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        ok: got action hello
                        {
                            "namespace": "guest",
                            "name": "hello",
                            "version": "0.0.1",
                            "exec": {
                                "kind": "nodejs:20",
                                "binary": false
                            },
                            "limits": {
                                "timeout": 60000
                            },
                            "annotations": [
                                {
                                    "key": "exec",
                                    "value": "nodejs:20"
                                }
                            ]
                        }
                        """);
        assertThat(wsk.server().last().target()).endsWith("/actions/hello?code=false");
    }

    @Test
    @Tag("L-4")
    @Tag("L-24")
    void oneFieldCanBeShown() {
        wsk.answer(200, HELLO).answer(200, HELLO);

        assertThat(wsk.run("action", "get", "hello", "Version").out())
                .isEqualTo("ok: got action hello, displaying field Version\n\"0.0.1\"\n");
        assertThat(wsk.run("action", "get", "hello", "nothing"))
                .isEqualTo(new Wsk.Run(2, "", "error: Invalid field filter 'nothing'.\nRun 'wsk --help' for usage.\n"));
    }

    @Test
    @Tag("L-4")
    void theUrlIsOfTheWebActionIfItIsOne() {
        wsk.answer(200, HELLO)
                .answer(
                        200,
                        "{\"namespace\":\"guest/site\",\"name\":\"page\",\"annotations\":[{\"key\":\"web-export\",\"value\":true}]}");

        assertThat(wsk.run("action", "get", "hello", "--url").out())
                .isEqualTo("ok: got action hello\n" + wsk.server().url() + "/api/v1/namespaces/guest/actions/hello\n");
        assertThat(wsk.run("action", "get", "site/page", "-r").out())
                .isEqualTo("ok: got action page\n" + wsk.server().url() + "/api/v1/web/guest/site/page\n");
    }

    @Test
    @Tag("L-28")
    void theSummaryMarksBoundAndFinalParameters() {
        wsk.answer(
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"hello\",\"parameters\":[{\"key\":\"b\",\"value\":1}],\"annotations\":["
                                + "{\"key\":\"description\",\"value\":\"Says hello\"},"
                                + "{\"key\":\"parameters\",\"value\":[{\"name\":\"a\"},{\"name\":\"b\"}]}]}")
                .answer(
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"hello\",\"parameters\":[{\"key\":\"b\",\"value\":1},{\"key\":\"a\",\"value\":1},{\"key\":\"c\",\"value\":1}],"
                                + "\"annotations\":[{\"key\":\"final\",\"value\":true}]}")
                .answer(200, HELLO);

        assertThat(wsk.run("action", "get", "hello", "-s").out())
                .isEqualTo("action /guest/hello: Says hello\n   (parameters: a, *b)\n");
        assertThat(wsk.run("action", "get", "hello", "--summary").out()).isEqualTo("""
                        action /guest/hello: Returns a result based on parameters a, b and c
                           (parameters: **a, **b, **c)
                        """);
        assertThat(wsk.run("action", "get", "hello", "--summary").out())
                .isEqualTo("action /guest/hello\n   (parameters: none defined)\n");
    }

    @Test
    @Tag("L-4")
    void codeIsSavedButNeverOverAFile() throws IOException {
        String text = "{\"name\":\"hello\",\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"let ä\",\"binary\":false}}";
        String zip = "{\"name\":\"hello\",\"exec\":{\"kind\":\"python:3.11\",\"code\":\"emlw\",\"binary\":true}}";
        wsk.answer(200, text).answer(200, text).answer(200, zip);

        var saved = wsk.run("action", "get", "hello", "--save");
        assertThat(saved.out()).isEqualTo("ok: saved action code to " + folder.resolve("hello.js") + "\n");
        assertThat(folder.resolve("hello.js")).hasContent("let ä");
        assertThat(wsk.server().last().target()).endsWith("?code=true");
        var again = wsk.run("action", "get", "hello", "--save-as", "hello.js");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).startsWith("error: The file 'hello.js' already exists\n");
        wsk.run("action", "get", "hello", "--save");
        assertThat(Files.readString(folder.resolve("hello.zip"))).isEqualTo("zip");
    }

    @Test
    @Tag("L-4")
    void sequencesAndBareImagesCannotBeSaved() {
        wsk.answer(200, "{\"name\":\"s\",\"exec\":{\"kind\":\"sequence\"}}")
                .answer(200, "{\"name\":\"i\",\"exec\":{\"kind\":\"blackbox\",\"image\":\"x\",\"binary\":false}}");

        assertThat(wsk.run("action", "get", "s", "--save").err()).startsWith("error: Cannot save action sequences\n");
        assertThat(wsk.run("action", "get", "i", "--save").err()).startsWith("error: Cannot save Docker images\n");
    }

    @Test
    @Tag("L-5")
    @Tag("L-24")
    void deletingSaysSo() {
        var run = wsk.answer(200, "{}").run("action", "delete", "utils/hello");

        assertThat(run).isEqualTo(new Wsk.Run(0, "ok: deleted action utils/hello\n", ""));
        assertThat(wsk.server().last().method()).isEqualTo("DELETE");
    }
}
