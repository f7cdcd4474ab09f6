package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.process.system.Posix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnScriptTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @Tag("attack-43")
    void withNobodyAtTheOtherEndsOfThePipesItEndsAllTheSame() throws Exception {
        Process process = started(List.of("/bin/sh", "-c", "echo lost"));

        boolean hasEnded = process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(hasEnded).isTrue();
        assertThat(process.exitValue()).isNotZero(); // the write found no reader
    }

    @Test
    void itJoinsItsGroupsAndKeepsNoMorePipesThanItsOutput() throws Exception {
        Process process = started(List.of("/bin/sh", "-c", "ls /proc/self/fd >" + folder.resolve("descriptors")));

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("group")).content().isEqualTo(process.pid() + "\n");
        assertThat(Files.readAllLines(folder.resolve("descriptors"))).doesNotContain("7", "8");
    }

    private Process started(List<String> command) throws Exception {
        Posix.makePipe(folder.resolve("stdout"));
        Posix.makePipe(folder.resolve("stderr"));
        Files.createFile(folder.resolve("group"));
        List<String> words = SpawnScript.command(
                folder.resolve("stdout"),
                folder.resolve("stderr"),
                Path.of("/dev/null"),
                64,
                List.of(folder.resolve("group")),
                command);
        return new ProcessBuilder(words).start();
    }
}
