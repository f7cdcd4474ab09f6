package dev.whirl.sandbox.docker.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The control groups of a container, where its processes are this machine's. A look into them takes microseconds; the
/// engine would start a program to answer the same.
///
/// @param processes the file that lists them
/// @param memoryEvents the file that counts what the kernel killed for want of memory
public record ContainerGroup(Path processes, Path memoryEvents) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OOM_KILLS = "oom_kill ";

    /// The groups of the process with that number, if it is a process of that container on this machine.
    public static Optional<ContainerGroup> of(int pid, String container) {
        if (pid <= 1) {
            return Optional.empty();
        }
        try {
            return find(Files.readString(Path.of("/proc/" + pid + "/cgroup")), container);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ContainerGroup> find(String groups, String container) {
        Path processes = null;
        Path memory = null;
        for (String line : groups.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3 || !parts[2].contains(container)) {
                continue;
            }
            String path = parts[2].substring(1);
            if (parts[1].isEmpty() && Files.exists(ROOT.resolve(path))) {
                Path unified = ROOT.resolve(path);
                return Optional.of(
                        new ContainerGroup(unified.resolve("cgroup.procs"), unified.resolve("memory.events")));
            }
            if (parts[1].equals("pids")) {
                processes = ROOT.resolve("pids").resolve(path).resolve("cgroup.procs");
            } else if (parts[1].equals("memory")) {
                memory = ROOT.resolve("memory").resolve(path).resolve("memory.oom_control");
            }
        }
        if (processes == null || memory == null || !Files.exists(processes) || !Files.exists(memory)) {
            return Optional.empty();
        }
        return Optional.of(new ContainerGroup(processes, memory));
    }

    /// The processes in it now, as this machine counts them; none if it is gone.
    public Set<Long> list() {
        try {
            var found = new HashSet<Long>();
            for (String line : Files.readString(processes, UTF_8).split("\n")) {
                if (!line.isEmpty()) {
                    found.add(Long.parseLong(line));
                }
            }
            return found;
        } catch (IOException e) {
            return Set.of();
        }
    }

    /// How many of its processes the kernel killed for want of memory.
    public long outOfMemoryKills() {
        try {
            for (String line : Files.readString(memoryEvents, UTF_8).split("\n")) {
                if (line.startsWith(OOM_KILLS)) {
                    return Long.parseLong(line.substring(OOM_KILLS.length()).strip());
                }
            }
        } catch (IOException e) {
            return 0; // it is gone, and the engine knows why
        }
        return 0;
    }
}
