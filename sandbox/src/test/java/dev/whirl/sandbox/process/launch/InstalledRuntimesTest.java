package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.process.launch.InterpreterSearch.Outcome;
import dev.whirl.sandbox.process.launch.RuntimeDescription.InterpreterQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledRuntimesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void versionsAreComparedByTheirNumbers() {
        assertThat(InterpreterSearch.isAtLeast("20.11.1", "18")).isTrue();
        assertThat(InterpreterSearch.isAtLeast("3.9", "3.10")).isFalse();
        assertThat(InterpreterSearch.isAtLeast("3.10.2", "3.10")).isTrue();
        assertThat(InterpreterSearch.isAtLeast("25", "25.0.1")).isFalse();
    }

    @Test
    void theFirstProgramThatIsNewEnoughIsTaken() throws Exception {
        program("old/node", "v16.20.0");
        program("new/node", "v20.1.0");
        var search = new InterpreterSearch(List.of(folder.resolve("old"), folder.resolve("new")), Path.of("/none"));
        var query = new InterpreterQuery(List.of("node", "nodejs"), List.of("--version"), "18", false);

        assertThat(search.find(query))
                .isEqualTo(new Outcome.Found(folder.resolve("new/node").toRealPath(), "20.1.0"));
    }

    @Test
    void aMissingProgramIsExplained() throws Exception {
        program("old/node", "v16.20.0");
        var search = new InterpreterSearch(List.of(folder.resolve("old")), Path.of("/none"));
        var query = new InterpreterQuery(List.of("node"), List.of("--version"), "18", false);

        assertThat(((Outcome.Missing) search.find(query)).reason())
                .contains("node 18 or newer not found", "is 16.20.0", "apt-get install nodejs");
    }

    @Test
    void theJavaOfThisServerComesFirst() throws Exception {
        program("path/java", "openjdk 25");
        program("home/bin/java", "openjdk 25");
        var search = new InterpreterSearch(List.of(folder.resolve("path")), folder.resolve("home"));
        var query = new InterpreterQuery(List.of("java"), List.of("-version"), "25", true);

        assertThat(((Outcome.Found) search.find(query)).path())
                .isEqualTo(folder.resolve("home/bin/java").toRealPath());
    }

    @Test
    void aDescriptionThatCannotBeReadIsReportedAndNamed() throws Exception {
        Files.createDirectories(folder.resolve("runtimes/bad"));
        Files.writeString(folder.resolve("runtimes/bad/runtime.json"), "{\"kind\":\"bad:1\"");

        List<RuntimeReadiness> readiness = InstalledRuntimes.find(
                        folder.resolve("runtimes"), new SandboxAccess(false, folder.resolve("copies")))
                .readiness();

        assertThat(readiness).hasSize(1);
        assertThat(readiness.getFirst().isReady()).isFalse();
        assertThat(readiness.getFirst().explanation()).contains("runtime.json");
        assertThatThrownBy(() -> InstalledRuntimes.find(
                        folder.resolve("nowhere"), new SandboxAccess(false, folder.resolve("copies"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void filesThatOtherUsersCannotReadAreCopied() throws Exception {
        Path closed = Files.createDirectories(folder.resolve("closed/probe"));
        Files.writeString(closed.resolve("runtime.json"), "{}");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        Path copy = new SandboxAccess(true, folder.resolve("copies")).readable(closed);

        assertThat(copy).isEqualTo(folder.resolve("copies/probe"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("runtime.json"))))
                .isEqualTo("rw-r--r--");
        assertThat(new SandboxAccess(false, folder).readable(closed)).isEqualTo(closed);
    }

    @Test
    void wordsInCommandsAreFilledIn() {
        var description = new RuntimeDescription(
                "x:1",
                folder,
                java.util.Optional.empty(),
                List.of("{interpreter}", "-Xmx{memoryMebibytes}m", "{runtime}/a:{runtime}/b"),
                java.util.Map.of("LIMIT", "{memoryBytes}"),
                List.of());
        var runtime = new InstalledRuntime(description, java.util.Optional.of(Path.of("/opt/node/bin/node")), folder);

        assertThat(runtime.command("/whirl/runtime", 256 << 20))
                .containsExactly("/opt/node/bin/node", "-Xmx256m", "/whirl/runtime/a:/whirl/runtime/b");
        assertThat(runtime.environment("/r", 1024)).containsEntry("LIMIT", "1024");
        assertThat(runtime.foreignHome()).contains(Path.of("/opt/node"));
    }

    private void program(String name, String version) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\necho " + version + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
