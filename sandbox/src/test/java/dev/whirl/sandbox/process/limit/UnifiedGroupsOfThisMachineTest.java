package dev.whirl.sandbox.process.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Version 2 as the kernel has it, where it is mounted and this user may make groups. Where all controllers belong to
/// version 1 that is joining, freezing, killing and removing; limits are asked for where memory and pids are there.
class UnifiedGroupsOfThisMachineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NAME = "unified-test-" + ProcessHandle.current().pid();

    private final Mounts mounts = Mounts.read(Path.of("/proc/self"));

    @Test
    void aGroupIsJoinedFrozenThawedKilledAndRemoved() throws Exception {
        Path folder = made("lifecycle").orElse(null);
        if (folder == null) {
            return; // made() has checked that nothing can be made here
        }
        var group = new UnifiedGroup(folder);
        Process shell = joined(group, "sleep 60 & sleep 60 & while :; do sleep 0.01; done");
        try {
            await().atMost(PATIENCE).until(() -> group.processes().size() >= 4);
            assertThat(group.processes()).contains(shell.pid());

            group.freeze();
            await().atMost(PATIENCE).until(() -> isFrozen(group));
            group.thaw();
            await().atMost(PATIENCE).until(() -> !isFrozen(group));
            group.freeze();
            assertThat(group.remove()).isFalse();

            group.killAll(); // frozen as it is

            assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            group.killAll();
            await().atMost(PATIENCE).until(group::remove);
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatADeadServerLeftIsEndedAndRemoved() throws Exception {
        Path parent = made("parent").orElse(null);
        if (parent == null) {
            return;
        }
        Path server = Files.createDirectory(parent.resolve("dead"));
        var group = new UnifiedGroup(Files.createDirectory(server.resolve("s1")));
        Process shell = joined(group, "sleep 60");
        await().atMost(PATIENCE).until(() -> group.processes().contains(shell.pid()));
        group.freeze();

        AbandonedGroups.end(parent, "dead"::equals);
        AbandonedGroups.remove(parent, "dead"::equals);

        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server).doesNotExist();
        await().atMost(PATIENCE).until(() -> ControlFiles.removeGroup(parent));
    }

    @Test
    void limitsHoldWhereMemoryAndPidsAreOfThisVersion() throws Exception {
        Optional<UnifiedGroups> found = UnifiedGroups.detect(mounts, NAME);
        assertThat(found.isEmpty() || hasControllers()).isTrue();
        if (found.isPresent()) {
            UnifiedGroups groups = found.get();
            ResourceGroup group = groups.create("s1", ByteSize.mebibytes(32), 8);
            Process shell = joined(group, "x=xxxxxxxx; while :; do x=$x$x; done");

            assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(group.outOfMemoryKills()).isPositive();
            await().atMost(PATIENCE).until(group::remove);
            groups.close();
        }
    }

    private boolean hasControllers() throws IOException {
        for (Path each : mounts.unified()) {
            if (List.of(ControlFiles.read(each.resolve("cgroup.controllers")).split(" "))
                    .containsAll(List.of("memory", "pids"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFrozen(UnifiedGroup group) throws IOException {
        return ControlFiles.read(group.file("cgroup.events")).contains("frozen 1");
    }

    /// A group of the kernel; empty only where there is no place for one.
    private Optional<Path> made(String name) {
        for (Path each : mounts.unified()) {
            try {
                return Optional.of(Files.createDirectory(each.resolve(NAME + "-" + name)));
            } catch (IOException e) {
                assertThat(each)
                        .satisfies(path -> assertThat(Files.isWritable(path)).isFalse());
            }
        }
        return Optional.empty();
    }

    private static Process joined(ResourceGroup group, String script) throws IOException {
        String joining = "echo $$ >\"$1\" || exit 1\n";
        var words = new ArrayList<>(List.of("/bin/sh", "-c", joining + script, "joined"));
        words.addAll(group.joinFiles().stream().map(Path::toString).toList());
        return new ProcessBuilder(words).start();
    }
}
