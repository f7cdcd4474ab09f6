package dev.whirl.sandbox.process.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Version 2 on folders with the files that the kernel would put there.
class UnifiedGroupsTest {
    private static final String NAME = "whirl-test";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void groupsAreMadeInTheNearestGroupThatHandsMemoryAndPidsOn() throws Exception {
        Path slice = group("user.slice", "cpu memory pids", "memory pids");
        group("user.slice/app.scope", "cpu memory pids", "");
        Files.writeString(slice.resolve("app.scope/cgroup.procs"), "1\n2\n");
        Files.delete(slice.resolve("app.scope/cgroup.subtree_control")); // as if it could not be written
        ourFolder("user.slice", "s1");

        UnifiedGroups groups =
                UnifiedGroups.detect(mounts("/user.slice/app.scope"), NAME).orElseThrow();
        ResourceGroup group = new UnifiedGroup(slice.resolve(NAME).resolve("s1"));

        assertThat(groups.parents()).containsExactly(slice);
        assertThat(groups.description()).contains("version 2");
        group.resize(ByteSize.mebibytes(512));
        assertThat(slice.resolve(NAME).resolve("s1/memory.max")).content().isEqualTo("536870912");
        assertThat(slice.resolve(NAME).resolve("s1/cpu.weight")).content().startsWith("200");
    }

    @Test
    void whereMemoryCannotBeHandedOnNothingIsFound() throws Exception {
        group("", "cpu", "cpu");

        assertThat(UnifiedGroups.detect(mounts("/"), NAME)).isEmpty();
        assertThat(ControlGroups.detect(new Mounts(List.of(), List.of()), NAME)).isEmpty();
    }

    @Test
    void aGroupKillsFreezesAndCountsThroughItsFiles() throws Exception {
        ourFolder("", "s1");
        var group = new UnifiedGroup(root.resolve(NAME).resolve("s1"));
        Files.writeString(group.file("cgroup.procs"), "12\n345\n");
        Files.writeString(group.file("memory.events"), "low 0\noom 2\noom_kill 3\noom_group_kill 1\n");

        group.freeze();
        group.killAll();

        assertThat(group.processes()).containsExactlyInAnyOrder(12L, 345L);
        assertThat(group.outOfMemoryKills()).isEqualTo(3);
        assertThat(group.file("cgroup.freeze")).content().isEqualTo("1");
        assertThat(group.file("cgroup.kill")).content().isEqualTo("1");
        assertThat(group.joinFiles()).containsExactly(group.file("cgroup.procs"));
    }

    @Test
    void processorTimeIsInProportionToMemory() {
        assertThat(UnifiedGroups.weight(ByteSize.mebibytes(256))).isEqualTo("100");
        assertThat(UnifiedGroups.weight(ByteSize.mebibytes(1))).isEqualTo("10");
        assertThat(LegacyGroups.shares(ByteSize.mebibytes(512))).isEqualTo("2048");
    }

    @Test
    void ofVersionOneTheOwnGroupComesFirstAndThenThoseAbove() {
        var mounts = new Mounts(
                List.of("30 23 0:26 /docker/abc /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory"),
                List.of("4:memory:/docker/abc/inner", "0::/"));

        assertThat(mounts.legacy("memory"))
                .containsExactly(Path.of("/sys/fs/cgroup/memory/inner"), Path.of("/sys/fs/cgroup/memory"));
        assertThat(mounts.legacy("pids")).isEmpty();
        assertThat(mounts.unified()).isEmpty();
    }

    private Mounts mounts(String membership) {
        return new Mounts(
                List.of("30 23 0:26 / %s rw,nosuid shared:9 - cgroup2 cgroup2 rw".formatted(root)),
                List.of("0::" + membership));
    }

    private Path group(String name, String controllers, String handedOn) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.writeString(folder.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(folder.resolve("cgroup.subtree_control"), handedOn + "\n");
        Files.writeString(folder.resolve("cgroup.procs"), "");
        return folder;
    }

    private void ourFolder(String parent, String child) throws IOException {
        group(Path.of(parent, NAME).toString(), "memory pids", "");
        Path folder = group(Path.of(parent, NAME, child).toString(), "memory pids", "");
        for (String file : List.of("memory.max", "cpu.weight", "cgroup.freeze", "cgroup.kill", "memory.events")) {
            Files.createFile(folder.resolve(file));
        }
    }
}
