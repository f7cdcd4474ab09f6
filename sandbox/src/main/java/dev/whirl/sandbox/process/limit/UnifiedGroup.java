package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// One sandbox's folder in the hierarchy of version 2.
final class UnifiedGroup implements ResourceGroup {
    private final Path folder;
    private final KillCounter killCounter;
    private final ProcessList processes;

    UnifiedGroup(Path folder) {
        this.folder = folder;
        this.processes = new ProcessList(folder.resolve("cgroup.procs"));
        this.killCounter = new KillCounter(folder.resolve("memory.events"));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public List<Path> joinFiles() {
        return List.of(file("cgroup.procs"));
    }

    @Override
    public boolean limitsMemory() {
        return true;
    }

    @Override
    public void resize(ByteSize memory) throws IOException {
        ControlFiles.write(file("memory.max"), Long.toString(memory.bytes()));
        ControlFiles.tryWrite(file("cpu.weight"), UnifiedGroups.weight(memory));
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
        return true;
    }

    @Override
    public void freeze() throws IOException {
        ControlFiles.write(file("cgroup.freeze"), "1");
    }

    @Override
    public void thaw() throws IOException {
        ControlFiles.write(file("cgroup.freeze"), "0");
    }

    @Override
    public void killAll() {
        if (!ControlFiles.tryWrite(file("cgroup.kill"), "1")) { // before Linux 5.14
            ControlFiles.tryWrite(file("cgroup.freeze"), "1");
            processes().forEach(pid -> Posix.kill(pid, Posix.SIGKILL));
            ControlFiles.tryWrite(file("cgroup.freeze"), "0");
        }
    }

    @Override
    public boolean remove() {
        killCounter.close();
        return ControlFiles.removeGroup(folder);
    }
}
