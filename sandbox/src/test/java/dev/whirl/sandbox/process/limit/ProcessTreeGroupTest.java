package dev.whirl.sandbox.process.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProcessTreeGroupTest {
    private static final ByteSize PLENTY = ByteSize.mebibytes(1_024);

    /// Kernels before 5.14 have no limit for each user namespace.
    @Test
    @Tag("attack-18")
    void aTreeOfTooManyProcessesIsKilledAndMemoryIsNotBlamed() throws Exception {
        Process shell =
                new ProcessBuilder("/bin/sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do sleep 60 & done; wait").start();
        var group = new ProcessTreeGroup(PLENTY, 4, false);
        group.startedAs(shell.pid());
        await().atMost(Duration.ofSeconds(10)).until(() -> group.processes().size() == 10);

        assertThat(group.enforce(ProcessTable.read())).isTrue();

        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(group.processes()).isEmpty();
        assertThat(group.outOfMemoryKills()).isZero();
    }

    @Test
    void aTreeWithinItsLimitsIsLeftAlone() throws Exception {
        Process shell = new ProcessBuilder("/bin/sh", "-c", "for i in 1 2 3 4 5 6; do sleep 60 & done; wait").start();
        var group = new ProcessTreeGroup(PLENTY, 4, false);
        group.startedAs(shell.pid());
        await().atMost(Duration.ofSeconds(10)).until(() -> group.processes().size() == 7);

        assertThat(group.enforce(ProcessTable.read())).isFalse();

        group.killAll();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
