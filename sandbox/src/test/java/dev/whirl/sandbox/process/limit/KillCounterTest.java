package dev.whirl.sandbox.process.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillCounterTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theNumberIsThatBehindTheWordInEitherVersion() throws Exception {
        assertThat(kills("low 0\noom 2\noom_kill 13\noom_group_kill 1\n")).isEqualTo(13);
        assertThat(kills("oom_kill_disable 0\nunder_oom 0\noom_kill 4\n")).isEqualTo(4);
        assertThat(kills("oom_kill 5\n")).isEqualTo(5);
        assertThat(kills("oom_kill_disable 7\n")).isZero();
        assertThat(kills("")).isZero();
        assertThat(new KillCounter(folder.resolve("nothing")).kills()).isZero();
    }

    @Test
    void anOpenFileIsReadAnewAndItsLastNumberStaysAfterTheEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("events"), "oom_kill 0\n");
        var counter = new KillCounter(file);
        assertThat(counter.kills()).isZero();

        Files.writeString(file, "oom_kill 2\n");
        assertThat(counter.kills()).isEqualTo(2);
        counter.close();

        Files.writeString(file, "oom_kill 3\n");
        assertThat(counter.kills()).isEqualTo(2);
    }

    private long kills(String text) throws Exception {
        var counter = new KillCounter(Files.writeString(folder.resolve("file"), text));
        long kills = counter.kills();
        counter.close();
        return kills;
    }
}
