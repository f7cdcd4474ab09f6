package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpawnerTest {
    /// As the system has it when it is out of threads or memory.
    private static final List<String> WANTING = new AbstractList<>() {
        @Override
        public String get(int index) {
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public int size() {
            return 1;
        }
    };

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoWaitsForAStartHearsOfAWantOfThreadsAndTheNextStartWorks() throws Exception {
        try (var spawner = new Spawner()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> spawner.spawn(WANTING, Map.of(), Path.of("/")))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("native thread");
            }
            Process process = spawner.spawn(List.of("/bin/sh", "-c", "exit 7"), Map.of(), Path.of("/"));
            assertThat(process.waitFor()).isEqualTo(7);
        }
    }
}
