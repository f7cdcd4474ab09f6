package dev.whirl.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.server.admin.Terminal.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `whirl admin limits` and `whirl admin db` on the data of a stopped server, in the words of wskadmin.
@Tag("A-7")
class LimitsTest {
    @TempDir
    private Path home;

    private Terminal terminal = new Terminal(Path.of("."));

    @BeforeEach
    void createGuest() {
        terminal = new Terminal(home.resolve("data"));
        terminal.type("user", "create", "guest", "-u", Terminal.KEY);
    }

    private void expect(int code, String line, String... words) {
        assertThat(terminal.type(words)).isEqualTo(new Result(code, line.lines().toList()));
    }

    @Test
    @Tag("R-156")
    void limitsAreSetOneByOneAndPrintedInOrder() {
        expect(1, "No limits found, default system limits apply", "limits", "get", "guest");
        expect(
                0,
                "Limits successfully set for \"guest\"",
                "limits",
                "set",
                "guest",
                "--invocationsPerMinute",
                "1",
                "--concurrentInvocations",
                "3");
        expect(0, "Limits successfully set for \"guest\"", "limits", "set", "guest", "--firesPerMinute", "2");
        expect(0, "invocationsPerMinute = 1\nfiresPerMinute = 2\nconcurrentInvocations = 3", "limits", "get", "guest");
        expect(0, "Limits deleted", "limits", "delete", "guest");
        expect(1, "Failed to delete limits (not found)", "limits", "delete", "guest");
    }

    @Test
    @Tag("R-156")
    void everyFieldOfTheDocumentCanBeSet() {
        terminal.type("limits", "set", "guest", "--allowedKinds", "nodejs:20", "blackbox", "--storeActivations", "no");
        terminal.type("limits", "set", "guest", "--minActionMemory", "128", "--maxActionMemory", "256");
        terminal.type("limits", "set", "guest", "--minActionLogs", "0", "--maxActionLogs", "5");
        terminal.type("limits", "set", "guest", "--minActionTimeout", "100", "--maxActionTimeout", "60000");
        terminal.type("limits", "set", "guest", "--minActionConcurrency", "1", "--maxActionConcurrency", "4");
        terminal.type("limits", "set", "guest", "--maxParameterSize", "1 MB", "--maxPayloadSize", "1024");
        terminal.type("limits", "set", "guest", "--truncationSize", "1 KB", "--maxActionInstances", "7");
        terminal.type(
                "limits",
                "set",
                "guest",
                "--warmedContainerKeepingCount",
                "1",
                "--warmedContainerKeepingTimeout",
                "10m");

        assertThat(terminal.type("limits", "get", "guest").lines())
                .containsExactly(
                        "allowedKinds = ['blackbox', 'nodejs:20']",
                        "storeActivations = False",
                        "minActionMemory = 128",
                        "maxActionMemory = 256",
                        "minActionLogs = 0",
                        "maxActionLogs = 5",
                        "minActionTimeout = 100",
                        "maxActionTimeout = 60000",
                        "minActionConcurrency = 1",
                        "maxActionConcurrency = 4",
                        "maxParameterSize = 1048576 B",
                        "maxPayloadSize = 1024 B",
                        "truncationSize = 1024 B",
                        "maxActionInstances = 7",
                        "warmedContainerKeepingCount = 1",
                        "warmedContainerKeepingTimeout = 10m");

        terminal.type("limits", "set", "guest", "--enableStoreActivations");
        assertThat(terminal.type("limits", "get", "guest").lines()).contains("storeActivations = True");
    }

    @Test
    @Tag("R-156")
    void impossibleLimitsChangeNothing() {
        expect(2, "--firesPerMinute must not be negative", "limits", "set", "guest", "--firesPerMinute", "-1");
        assertThat(terminal.type("limits", "set", "guest", "--firesPerMinute", "many")
                        .code())
                .isEqualTo(2);
        assertThat(terminal.type("limits", "set", "guest", "--maxPayloadSize", "huge")
                        .code())
                .isEqualTo(1);
        assertThat(terminal.type("limits", "set", "guest", "--minActionMemory", "512", "--maxActionMemory", "256")
                        .code())
                .isEqualTo(1);
        expect(1, "No limits found, default system limits apply", "limits", "get", "guest");
    }

    @Test
    @Tag("A-2")
    void theDatabaseOfSubjectsIsPrintedWithItsDocuments() {
        terminal.type("limits", "set", "guest", "--invocationsPerMinute", "5");

        Result printed = terminal.type("db", "get", "subjects", "--docs");

        assertThat(printed.code()).isZero();
        assertThat(printed.lines())
                .startsWith("getting contents for subjects (primary index)", "{", "    \"offset\": 0,")
                .contains("            \"id\": \"guest\",")
                .contains("            \"id\": \"guest/limits\",")
                .contains("                \"invocationsPerMinute\": 5")
                .endsWith("    ],", "    \"total_rows\": 2", "}");
    }

    @Test
    @Tag("A-3")
    void theViewOfIdentitiesLeavesOutTheBlocked() {
        String row = "                \"uuid\": \"%s\"".formatted(Terminal.KEY.substring(0, 36));

        assertThat(terminal.type("db", "get", "subjects", "-w", "subjects/identities")
                        .lines())
                .contains(row);

        terminal.type("user", "block", "guest");
        assertThat(terminal.type("db", "get", "subjects", "--view", "subjects/identities")
                        .lines())
                .doesNotContain(row)
                .contains("    \"total_rows\": 0");
    }

    @Test
    void otherDatabasesAndViewsAreRefused() {
        assertThat(terminal.type("db", "get", "whisks").lines())
                .isEqualTo(List.of(
                        "getting contents for whisks (primary index)",
                        "{",
                        "    \"offset\": 0,",
                        "    \"rows\": [",
                        "    ],",
                        "    \"total_rows\": 0",
                        "}"));
        assertThat(terminal.type("db", "get", "activations").code()).isZero();
        expect(
                1,
                "getting contents for nothing (primary index)\nFailed to get database (not found)",
                "db",
                "get",
                "nothing");
        expect(
                2,
                "view name \"x\" is not formatted correctly, should be design/view",
                "db",
                "get",
                "subjects",
                "-w",
                "x");
    }
}
