package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One sandbox's folders in the hierarchies of version 1.
final class LegacyGroup implements ResourceGroup {
    private static final int KILL_ROUNDS = 20;

    private final Map<String, Path> folders;
    private final KillCounter killCounter;
    private final ProcessList processes;

    LegacyGroup(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
        this.processes = new ProcessList(processFile(folder(LegacyGroups.PIDS)));
        this.killCounter = new KillCounter(folder(LegacyGroups.MEMORY).resolve("memory.oom_control"));
    }

    Path folder(String controller) {
        return Objects.requireNonNull(folders.get(controller), controller);
    }

    @Override
    public List<Path> joinFiles() {
        return folders.values().stream().map(LegacyGroup::processFile).toList();
    }

    @Override
    public boolean limitsMemory() {
        return true;
    }

    /// Memory with swap may never be less than memory: which of the two is written first depends on the direction.
    @Override
    public void resize(ByteSize memory) throws IOException {
        Path limit = folder(LegacyGroups.MEMORY).resolve("memory.limit_in_bytes");
        Path withSwap = folder(LegacyGroups.MEMORY).resolve("memory.memsw.limit_in_bytes");
        String value = Long.toString(memory.bytes());
        boolean countsSwap = Files.exists(withSwap);
        boolean grew = countsSwap && ControlFiles.tryWrite(withSwap, value);
        ControlFiles.write(limit, value);
        if (countsSwap && !grew) {
            ControlFiles.write(withSwap, value);
        }
        Path cpu = folders.get(LegacyGroups.CPU);
        if (cpu != null) {
            ControlFiles.tryWrite(cpu.resolve("cpu.shares"), LegacyGroups.shares(memory));
        }
    }

    @Override
    public Set<Long> processes() {
        return processes.now();
    }

    @Override
    public long outOfMemoryKills() {
        return killCounter.kills();
    }

    @Override
    public boolean canFreeze() {
        return folders.containsKey(LegacyGroups.FREEZER);
    }

    @Override
    public void freeze() throws IOException {
        ControlFiles.write(folder(LegacyGroups.FREEZER).resolve("freezer.state"), "FROZEN");
    }

    @Override
    public void thaw() throws IOException {
        ControlFiles.write(folder(LegacyGroups.FREEZER).resolve("freezer.state"), "THAWED");
    }

    /// Where new processes appear meanwhile, freezing keeps a fork bomb from running away from the signals. Only there:
    /// what is frozen when the server dies stays until the next one thaws it.
    @Override
    public void killAll() {
        var killed = new HashSet<Long>();
        for (int round = 0; round < KILL_ROUNDS; round++) {
            Set<Long> left = processes();
            if (killed.containsAll(left)) {
                break;
            }
            if (round > 0) {
                setFrozen(true);
                left = processes();
            }
            left.forEach(pid -> Posix.kill(pid, Posix.SIGKILL));
            killed.addAll(left);
            setFrozen(false);
        }
        setFrozen(false);
    }

    @Override
    public boolean remove() {
        killCounter.close();
        return folders.values().stream().map(ControlFiles::removeGroup).reduce(true, Boolean::logicalAnd);
    }

    private void setFrozen(boolean isFrozen) {
        if (canFreeze()) {
            ControlFiles.tryWrite(
                    folder(LegacyGroups.FREEZER).resolve("freezer.state"), isFrozen ? "FROZEN" : "THAWED");
        }
    }

    private static Path processFile(Path folder) {
        return folder.resolve("cgroup.procs");
    }
}
