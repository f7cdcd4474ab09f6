package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Control groups of version 1: one hierarchy per controller, and a folder of this server in each.
final class LegacyGroups implements ControlGroups {
    static final String MEMORY = "memory";
    static final String PIDS = "pids";
    static final String CPU = "cpu";
    static final String FREEZER = "freezer";

    /// All sandboxes together against other groups of the machine: ten times the default, so that the server's own
    /// threads do not starve them.
    private static final String SERVER_SHARES = "10240";

    private static final long SHARES_OF_256_MIB = 1_024;
    private static final long MIN_SHARES = 64;
    private static final long MAX_SHARES = 16_384;

    private final Map<String, Path> folders;

    private LegacyGroups(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
    }

    static Optional<LegacyGroups> detect(Mounts mounts, String serverName) {
        var folders = new LinkedHashMap<String, Path>();
        for (String controller : List.of(MEMORY, PIDS, CPU, FREEZER)) {
            firstWritable(mounts.legacy(controller), serverName).ifPresent(folder -> folders.put(controller, folder));
        }
        if (!folders.containsKey(MEMORY) || !folders.containsKey(PIDS)) {
            folders.values().forEach(ControlFiles::removeGroup);
            return Optional.empty();
        }
        Path cpu = folders.get(CPU);
        if (cpu != null) {
            ControlFiles.tryWrite(cpu.resolve("cpu.shares"), SERVER_SHARES);
        }
        return Optional.of(new LegacyGroups(folders));
    }

    @Override
    public ResourceGroup create(String name, ByteSize memory, int maxProcesses) throws IOException {
        var created = new LegacyGroup(newFolders(name));
        try {
            created.resize(memory);
            ControlFiles.write(created.folder(PIDS).resolve("pids.max"), Integer.toString(maxProcesses));
            ControlFiles.tryWrite(created.folder(MEMORY).resolve("memory.swappiness"), "0");
            return created;
        } catch (IOException e) {
            created.remove();
            throw e;
        }
    }

    /// All of them or none.
    private Map<String, Path> newFolders(String name) throws IOException {
        var made = new LinkedHashMap<String, Path>();
        try {
            for (var folder : folders.entrySet()) {
                made.put(
                        folder.getKey(), Files.createDirectory(folder.getValue().resolve(name)));
            }
            return made;
        } catch (IOException e) {
            made.values().forEach(ControlFiles::removeGroup);
            throw e;
        }
    }

    /// Processor time in proportion to memory, as with the other backends.
    static String shares(ByteSize memory) {
        long shares = SHARES_OF_256_MIB * Math.max(1, memory.toMebibytes()) / 256;
        return Long.toString(Math.clamp(shares, MIN_SHARES, MAX_SHARES));
    }

    @Override
    public String description() {
        return "control groups of version 1: "
                + String.join(", ", folders.keySet().stream().sorted().toList());
    }

    @Override
    public List<Path> parents() {
        return folders.values().stream().map(Path::getParent).distinct().toList();
    }

    @Override
    public void close() {
        folders.values().forEach(ControlFiles::removeGroup);
    }

    private static Optional<Path> firstWritable(List<Path> candidates, String serverName) {
        return candidates.stream()
                .map(candidate -> candidate.resolve(serverName))
                .filter(LegacyGroups::canBeMade)
                .findFirst();
    }

    private static boolean canBeMade(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder.resolve("cgroup.procs"));
        } catch (IOException e) {
            return false;
        }
    }
}
