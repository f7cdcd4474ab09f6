package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/// What a server, or those whose text it passes on, must not be able to do to the user's machine.
final class UntrustedServerTest extends WskTest {
    private static final String EVIL_LOG =
            "{\"logs\":[\"t stdout: \\u001b]0;title\\u0007\\u001b[2Jgone\\rok: \\u001b[31mred\\u001b[0m \\u202egpj.exe\"]}";

    @Test
    void onATerminalTextCannotMoveTheCursorOrTalkToTheTerminal() {
        wsk.coloured().answer(200, EVIL_LOG);

        assertThat(wsk.run("activation", "logs", ID).out())
                .isEqualTo("t stdout: \\u001b]0;title\\u0007\\u001b[2Jgone\\u000dok: "
                        + "\u001b[31mred\u001b[0m \\u202egpj.exe\n");
    }

    @Test
    void onATerminalNothingInALogOrRecordIsHidden() {
        String hidden = "rm\u200b -rf \u202egpj.exe \u001b[30;40mquietly\u001b[0m";
        String logs = "{\"logs\":[\"%s\"]}".formatted(hidden.replace("\u001b", "\\u001b"));
        wsk.coloured().answer(200, logs).answer(200, logs);

        assertThat(wsk.run("activation", "logs", ID).out())
                .isEqualTo("rm\\u200b -rf \\u202egpj.exe quietly\u001b[0m\n");
        assertThat(wsk.run("activation", "get", ID, "logs").out())
                .contains("\"rm\\u200b -rf \\u202egpj.exe \\u001b[30;40mquietly\\u001b[0m\"");
    }

    @Test
    void intoAFileTextGoesAsItIs() {
        wsk.answer(200, EVIL_LOG);

        assertThat(wsk.run("activation", "logs", ID).out()).contains("\u001b[2Jgone\rok");
    }

    @Test
    void errorsAndListsAreHarmlessToo() {
        wsk.coloured()
                .answer(500, "{\"error\":\"\\u001b[2J\",\"code\":\"x\"}")
                .answer(200, "[{\"namespace\":\"guest\",\"name\":\"a\\u001b[1A\"}]");

        assertThat(wsk.run("action", "get", "a").err()).contains(": \\u001b[2J (code x)");
        assertThat(wsk.run("trigger", "list").out()).contains("/guest/a\\u001b[1A ");
    }

    @Test
    void theServerDoesNotChooseWhereCodeIsSaved() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("inner"));
        wsk.answer(200, "{\"name\":\"../evil\",\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}");

        var run = wsk.run("action", "get", "inner/hello", "--save");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("error: The server gave a name that no file may have: \"../evil.js\"\n");
        assertThat(folder.resolve("evil.js")).doesNotExist();
        assertThat(inner).isEmptyDirectory();
    }

    @Test
    void namesThatMeanSomethingToAShellAreNotCompleted() {
        wsk.answer(
                200,
                "[{\"namespace\":\"guest\",\"name\":\"$(reboot)\"},{\"namespace\":\"guest\",\"name\":\"a;b\"},"
                        + "{\"namespace\":\"guest\",\"name\":\"-rf\"},{\"namespace\":\"guest/p\",\"name\":\"good-1\"}]");

        assertThat(wsk.run("completion", "names", "actions")).isEqualTo(new Wsk.Run(0, "p/good-1\n", ""));
    }

    @Test
    void whoCompletesIsNotToldOfFailures() {
        wsk.answer(401, "{\"error\":\"no\",\"code\":\"x\"}");

        assertThat(wsk.run("completion", "names", "rules", "packages")).isEqualTo(new Wsk.Run(145, "", ""));
        assertThat(wsk.run("completion", "names", "secrets").exitCode()).isEqualTo(2);
    }

    @Test
    void theTokenOfAGatewayIsNotShown() throws IOException {
        Files.writeString(folder.resolve(".wskprops"), "\nAPIGW_ACCESS_TOKEN=t0ken\n", StandardOpenOption.APPEND);
        wsk.answer(200, "{\"apis\":[]}");

        var run = wsk.run("api", "list", "--debug");

        assertThat(wsk.server().last().target()).contains("accesstoken=t0ken");
        assertThat(run.err()).contains("accesstoken=(not shown)&spaceguid=uuid").doesNotContain("t0ken");
    }

    @Test
    void theSecretOfAWebActionIsNotShown() {
        String annotations =
                "[{\"key\":\"web-export\",\"value\":true},{\"key\":\"require-whisk-auth\",\"value\":\"s3\\\"cret\"}]";
        wsk.answer(200, "{\"namespace\":\"guest\",\"name\":\"a\",\"annotations\":" + annotations + "}")
                .answer(
                        200,
                        "{\"gwApiUrl\":\"http://gateway/shop\",\"apidoc\":{\"execute\":{\"value\":\"s3\\\"cret\"},"
                                + "\"basic\":\"Basic dXVpZDpzZWNyZXQ=\"}}");

        var run = wsk.run("-d", "api", "create", "/shop", "/orders", "get", "a");

        assertThat(run.exitCode()).isZero();
        assertThat(wsk.server().last().body()).contains("\"secureKey\":\"s3\\\"cret\"");
        assertThat(run.err())
                .contains(
                        "\"key\":\"require-whisk-auth\",\"value\":\"(not shown)\"",
                        "\"secureKey\":\"(not shown)\"",
                        "\"execute\":{\"value\":\"(not shown)\"}",
                        "\"basic\":\"Basic (not shown)\"",
                        "\"web-export\",\"value\":true")
                .doesNotContain("cret", "dXVpZDpzZWNyZXQ");
    }

    @Test
    void theSecretThatAWebActionIsGivenIsNotShown() throws IOException {
        wsk.file("a.js", "x");
        wsk.answer(404, "{\"error\":\"not there\",\"code\":\"TID\"}").answer(200, "{}");

        var run = wsk.run("-v", "action", "update", "a", "a.js", "--web", "true", "--web-secure", "true");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("{\"key\":\"require-whisk-auth\",\"value\":(not shown)}");
    }

    @Test
    void aServerThatSendsTheCallerElsewhereIsExplained() {
        wsk.answer(301, "<html>");

        assertThat(wsk.run("action", "list").err()).contains("Perhaps its address begins with https://");
    }
}
