package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a project must not do to files and servers.
final class ProjectHarmTest extends WskTest {
    private static final String MARK =
            "\"annotations\":[{\"key\":\"whisk-managed\",\"value\":{\"projectName\":\"small\"}}]";

    @Test
    @Tag("L-39")
    void aKindThatTheServerLacksIsToldBeforeAnythingIsSent() throws IOException {
        wsk.server()
                .standing("/", 200, "{\"runtimes\":{\"nodejs\":[{\"kind\":\"nodejs:20\"},{\"kind\":\"nodejs:18\"}]}}");
        wsk.file("a.js", "x");
        wsk.file("manifest.yaml", manifest("{function: a.js, runtime: nodejs:99}"));

        var run = wsk.run("project", "deploy");

        assertThat(run).isEqualTo(new Wsk.Run(2, "", """
                        error: manifest.yaml: line 1, column 30: action 'p/a': the server has no kind 'nodejs:99'; it has nodejs:20, nodejs:18, nodejs:default
                        Run 'wsk --help' for usage.
                        """));
        assertThat(wsk.run("project", "deploy", "--preview")).isEqualTo(run);
        assertThat(wsk.server().seen()).isEmpty();
        wsk.file("manifest.yaml", manifest("{function: a.js}"));
        answerLists("[]");
        assertThat(wsk.run("project", "deploy", "--preview").exitCode()).isZero();
        wsk.server().standing("/", 200, "<html>");
        answerLists("[]");
        assertThat(wsk.run("project", "deploy", "--preview").err())
                .as("a proxy stands there")
                .isEmpty();
    }

    @Test
    @Tag("L-39")
    void aFunctionThatIsALinkToElsewhereIsNotSent() throws IOException {
        wsk.file("secret.pem", "private");
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.createSymbolicLink(project.resolve("a.js"), folder.resolve("secret.pem"));
        wsk.file("project/manifest.yaml", manifest("{function: a.js}"));

        assertThat(wsk.run("project", "deploy", "--project", "project").err())
                .startsWith(
                        "error: manifest.yaml: line 1, column 30: action 'p/a': 'a.js' is a link to what lies outside");
        assertThat(wsk.server().seen()).isEmpty();
    }

    @Test
    @Tag("L-41")
    void anExportFollowsNoLinks() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path back = Files.createDirectory(folder.resolve("back"));
        Files.createSymbolicLink(back.resolve("default"), outside);
        answerExport();

        var run = wsk.run("project", "export", "--projectname", "small", "--project", "back", "--overwrite");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("default' is a link or a file, where a folder is due");
        assertThat(outside).isEmptyDirectory();
        assertThat(back.resolve("manifest.yaml")).doesNotExist();
    }

    @Test
    @Tag("L-41")
    void anExportReplacesALinkAndNotWhatItLeadsTo() throws IOException {
        Path precious = wsk.file("precious.yaml", "precious");
        Path back = Files.createDirectory(folder.resolve("back"));
        Files.createSymbolicLink(back.resolve("manifest.yaml"), precious);
        answerExport();

        assertThat(wsk.run("project", "export", "--projectname", "small", "--project", "back")
                        .err())
                .contains("manifest.yaml' exists already", "Nothing was written. With --overwrite it is replaced.");
        assertThat(back.resolve("default")).doesNotExist();
        answerExport();
        wsk.run("project", "export", "--projectname", "small", "--project", "back", "--overwrite");

        assertThat(precious).hasContent("precious");
        assertThat(back.resolve("manifest.yaml")).isRegularFile().content().startsWith("project:");
        assertThat(back.resolve("default/a.js")).hasContent("x");
        assertThat(back).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    @Tag("L-41")
    void anExportWithTheSecretOfAWebActionIsForTheUserAlone() throws IOException {
        String annotations = MARK.replace(
                "}}]",
                "}},{\"key\":\"web-export\",\"value\":true},{\"key\":\"require-whisk-auth\",\"value\":\"s3cret\"}]");
        answerLists("[{\"namespace\":\"guest\",\"name\":\"a\"," + annotations + "}]")
                .answer(
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"a\",\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},"
                                + annotations + "}");

        var run = wsk.run("project", "export", "--projectname", "small", "--project", "back");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "warning: 'manifest.yaml' holds the secret of web action [default/a], its annotation 'require-whisk-auth': keep the file to yourself\n");
        Path file = folder.resolve("back/manifest.yaml");
        assertThat(file).content().contains("require-whisk-auth: s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @Tag("L-39")
    void theErrorAboutAnAddressOfCodeShowsNoPassword() throws IOException {
        wsk.file("manifest.yaml", manifest("{function: 'http://user:pw123@localhost/x.js'}"));

        assertThat(wsk.run("project", "deploy").err())
                .contains("action 'p/a': Unable to fetch 'http://…@localhost/x.js': it must not hold credentials")
                .doesNotContain("pw123");
    }

    @Test
    @Tag("L-22")
    @Tag("L-41")
    void aDeploymentThatTakesFromAProjectSaysSoAndIsRefusedWhereDoubtsAreErrors() throws IOException {
        String marked = "[{\"namespace\":\"guest/p\",\"name\":\"a\"," + MARK + "}]";
        wsk.file("manifest.yaml", manifest("{code: x, runtime: 'nodejs:20'}"));
        answerLists(marked);

        var refused = wsk.run("project", "deploy", "--strict");

        String sentence =
                "project small is kept in step by 'wsk project sync', and loses what 'wsk project deploy' replaces: action [p/a]\n";
        assertThat(refused)
                .isEqualTo(new Wsk.Run(
                        1, "", "error: " + sentence + "Nothing was changed. Without --strict it is deployed.\n"));
        answerLists(marked).answer(200, "{}").answer(200, "{}");
        var run = wsk.run("project", "deploy");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("warning: " + sentence);
        answerLists(marked);
        assertThat(wsk.run("project", "deploy", "--preview").err()).isEqualTo("warning: " + sentence);
    }

    @Test
    @Tag("L-22")
    void aDeploymentGoesOnWhereWhatBelongsToProjectsCannotBeRead() throws IOException {
        wsk.file("manifest.yaml", manifest("{code: x, runtime: 'nodejs:20'}"));
        wsk.answer(403, "{\"error\":\"no lists for you\",\"code\":\"TID\"}")
                .answer(200, "{}")
                .answer(200, "{}");

        var run = wsk.run("project", "deploy");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo(
                        "warning: what belongs to which project was not looked at: Unable to list packages: no lists for you (code TID)\n");
        wsk.answer(403, "{\"error\":\"no lists for you\",\"code\":\"TID\"}");
        assertThat(wsk.run("project", "deploy", "--strict")).isEqualTo(new Wsk.Run(147, "", """
                error: what belongs to which project was not looked at: Unable to list packages: no lists for you (code TID)
                Nothing was changed. Without --strict it is deployed.
                """));
    }

    private Wsk answerLists(String actions) {
        return wsk.answer(200, "[]").answer(200, actions).answer(200, "[]").answer(200, "[]");
    }

    private void answerExport() {
        answerLists("[{\"namespace\":\"guest\",\"name\":\"a\"," + MARK + "}]")
                .answer(
                        200,
                        "{\"namespace\":\"guest\",\"name\":\"a\",\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}");
    }

    private static String manifest(String action) {
        return "packages: {p: {actions: {a: " + action + "}}}";
    }
}
