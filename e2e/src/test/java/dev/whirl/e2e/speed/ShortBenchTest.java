package dev.whirl.e2e.speed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.ServerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `whirl bench short --check`, as its users run it.
@Tag("speed")
@Tag("alone")
class ShortBenchTest {
    private static final long LONGEST_SECONDS = 180;

    @Test
    void aCallIsNotTensOfTimesSlowerThanTheBareRuntime(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        String launcher = ServerCommand.distribution().resolve("bin/whirl").toString();

        Process bench = new ProcessBuilder("/bin/sh", launcher, "bench", "short", "--check")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean isOver = bench.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        bench.destroy();

        String text = Files.readString(output, UTF_8);
        assertThat(isOver).as(text).isTrue();
        assertThat(bench.exitValue()).as(text).isZero();
        assertThat(text)
                .contains("short/p50-over-bare-hop", "short/python-stem-cell-over-bare-start")
                .doesNotContain("NOT MET");
    }
}
