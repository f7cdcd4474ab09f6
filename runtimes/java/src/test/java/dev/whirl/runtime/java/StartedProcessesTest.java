package dev.whirl.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartedProcessesTest {
    @Test
    void aProcessThatCameAndWentIsNoticed() throws Exception {
        var started = new StartedProcesses();

        new ProcessBuilder("true").start().waitFor();

        assertThat(started.areThere()).isTrue();
    }
}
