package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Control groups of version 2: one hierarchy, and a folder of this server in it.
///
/// A group that hands controllers on to its children must hold no process itself. If this server is the only one in its
/// group, as under a service manager that delegates the group, it moves into a child of its own.
final class UnifiedGroups implements ControlGroups {
    private static final List<String> NEEDED = List.of("memory", "pids");
    private static final String SERVER_WEIGHT = "1000";
    private static final long WEIGHT_OF_256_MIB = 100;

    private final Path folder;

    private UnifiedGroups(Path folder) {
        this.folder = folder;
    }

    static Optional<UnifiedGroups> detect(Mounts mounts, String serverName) {
        return mounts.unified().stream()
                .flatMap(candidate -> prepared(candidate, serverName).stream())
                .findFirst()
                .map(UnifiedGroups::new);
    }

    @Override
    public ResourceGroup create(String name, ByteSize memory, int maxProcesses) throws IOException {
        var created = new UnifiedGroup(Files.createDirectory(folder.resolve(name)));
        try {
            created.resize(memory);
            ControlFiles.write(created.file("pids.max"), Integer.toString(maxProcesses));
            ControlFiles.tryWrite(created.file("memory.swap.max"), "0");
            ControlFiles.tryWrite(created.file("memory.oom.group"), "1");
            return created;
        } catch (IOException e) {
            created.remove();
            throw e;
        }
    }

    /// Processor time in proportion to memory.
    static String weight(ByteSize memory) {
        return Long.toString(Math.clamp(WEIGHT_OF_256_MIB * Math.max(1, memory.toMebibytes()) / 256, 10, 10_000));
    }

    @Override
    public String description() {
        return "control groups of version 2 at " + folder;
    }

    @Override
    public List<Path> parents() {
        Path parent = folder.getParent();
        return parent == null ? List.of() : List.of(parent);
    }

    @Override
    public void close() {
        ControlFiles.removeGroup(folder);
    }

    private static Optional<Path> prepared(Path candidate, String serverName) {
        Path folder = candidate.resolve(serverName);
        try {
            if (!words(candidate.resolve("cgroup.controllers")).containsAll(NEEDED) || !Files.isWritable(candidate)) {
                return Optional.empty();
            }
            handOn(candidate, serverName);
            Files.createDirectories(folder);
            enable(folder);
            ControlFiles.tryWrite(folder.resolve("cpu.weight"), SERVER_WEIGHT);
            return Optional.of(folder);
        } catch (IOException e) {
            ControlFiles.removeGroup(folder);
            return Optional.empty();
        }
    }

    private static void handOn(Path group, String serverName) throws IOException {
        if (words(group.resolve("cgroup.subtree_control")).containsAll(NEEDED)) {
            return;
        }
        Set<Long> inside = ControlFiles.pids(group.resolve("cgroup.procs"));
        long self = ProcessHandle.current().pid();
        if (inside.equals(Set.of(self))) {
            Path own = Files.createDirectories(group.resolve(serverName + "-server"));
            ControlFiles.write(own.resolve("cgroup.procs"), Long.toString(self));
        }
        enable(group);
    }

    private static void enable(Path group) throws IOException {
        ControlFiles.write(group.resolve("cgroup.subtree_control"), "+memory +pids");
        ControlFiles.tryWrite(group.resolve("cgroup.subtree_control"), "+cpu");
    }

    private static List<String> words(Path file) throws IOException {
        return Arrays.asList(ControlFiles.read(file).split("\\s+"));
    }
}
