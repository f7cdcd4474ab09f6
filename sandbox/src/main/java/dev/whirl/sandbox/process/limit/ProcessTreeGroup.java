package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.Posix;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The processes of one sandbox where no control group can be had: a process and what descends from it.
///
/// With a process namespace of its own nothing can leave the tree, because orphans become children of its first
/// process. Its memory is that in RAM, as the [ResourceWatch] sees it from time to time.
final class ProcessTreeGroup implements ResourceGroup {
    private static final int KILL_ROUNDS = 5;

    /// Files in memory cost about a kilobyte of the kernel's memory each, which nobody else counts.
    private static final long MAX_FILES = 100_000;

    private final boolean hasOwnFiles;
    private volatile Optional<ProcessTable.Entry> root = Optional.empty();
    private volatile ByteSize memory;
    private volatile boolean wasKilled;

    /// @param hasOwnFiles whether its `/tmp` is its own
    ProcessTreeGroup(ByteSize memory, boolean hasOwnFiles) {
        this.memory = memory;
        this.hasOwnFiles = hasOwnFiles;
    }

    @Override
    public void startedAs(long pid) {
        root = ProcessTable.entry(pid);
    }

    /// Kills the tree if it is too large; true if it was.
    boolean enforce(ProcessTable table) {
        List<ProcessTable.Entry> tree = tree(table);
        if (memoryBytes(tree) <= memory.bytes() && files(tree) <= MAX_FILES) {
            return false;
        }
        wasKilled = true;
        killAll();
        return true;
    }

    @Override
    public List<Path> joinFiles() {
        return List.of();
    }

    @Override
    public boolean limitsMemory() {
        return false;
    }

    @Override
    public void resize(ByteSize newMemory) {
        memory = newMemory;
    }

    @Override
    public Set<Long> processes() {
        long first = root.map(ProcessTable.Entry::pid).orElse(0L);
        boolean isAlive = root.filter(entry -> ProcessTable.isAlive(first, entry.startTicks()))
                .isPresent();
        return isAlive ? ProcessTable.family(first).orElseGet(this::scanned) : Set.of();
    }

    private Set<Long> scanned() {
        var pids = new HashSet<Long>();
        tree(ProcessTable.read()).forEach(entry -> pids.add(entry.pid()));
        return pids;
    }

    @Override
    public long outOfMemoryKills() {
        return wasKilled ? 1 : 0;
    }

    @Override
    public boolean canFreeze() {
        return false;
    }

    @Override
    public void freeze() {
        throw new UnsupportedOperationException("no control group to freeze");
    }

    @Override
    public void thaw() {
        throw new UnsupportedOperationException("no control group to thaw");
    }

    @Override
    public void killAll() {
        for (int round = 0; round < KILL_ROUNDS; round++) {
            Set<Long> left = processes();
            left.forEach(pid -> Posix.kill(pid, Posix.SIGKILL));
            if (left.isEmpty()) {
                return;
            }
        }
    }

    @Override
    public boolean remove() {
        return true;
    }

    /// What they have in RAM; pages that they share, as after a fork, count once. That is only worked out if needed.
    private long memoryBytes(List<ProcessTable.Entry> tree) {
        long resident =
                tree.stream().mapToLong(ProcessTable.Entry::residentBytes).sum();
        return resident <= memory.bytes()
                ? resident
                : tree.stream().mapToLong(ProcessTable::proportionalBytes).sum();
    }

    private List<ProcessTable.Entry> tree(ProcessTable table) {
        return root.map(first -> table.tree(first.pid()))
                .filter(tree -> !tree.isEmpty() && isRoot(tree.getFirst()))
                .orElse(List.of());
    }

    /// Seen through the second process: the first one is still outside of the sandbox.
    private long files(List<ProcessTable.Entry> tree) {
        return hasOwnFiles && tree.size() > 1
                ? Posix.usedFiles(Path.of("/proc/" + tree.get(1).pid() + "/root/tmp"))
                : 0;
    }

    private boolean isRoot(ProcessTable.Entry entry) {
        return root.filter(first -> first.startTicks() == entry.startTicks()).isPresent();
    }
}
