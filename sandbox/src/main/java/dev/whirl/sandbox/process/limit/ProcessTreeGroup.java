package dev.whirl.sandbox.process.limit;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.system.FileSystemUse;
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

    /// Between this server and the code: bubblewrap twice, and a shell that becomes the interpreter. Beside it: two
    /// that carry the packets of a filtered network.
    private static final int PROCESSES_AROUND = 5;

    /// Where a sandbox has files in memory, as it sees them.
    private static final List<String> MEMORY_FOLDERS = List.of("/tmp/", "/dev/shm/");

    private final boolean hasOwnFiles;
    private final int maxProcesses;
    private volatile Optional<ProcessTable.Entry> root = Optional.empty();
    private volatile ByteSize memory;
    private volatile boolean wasKilled;

    /// @param hasOwnFiles whether its `/tmp` is its own
    ProcessTreeGroup(ByteSize memory, int maxProcesses, boolean hasOwnFiles) {
        this.memory = memory;
        this.maxProcesses = maxProcesses;
        this.hasOwnFiles = hasOwnFiles;
    }

    @Override
    public void startedAs(long pid) {
        root = ProcessTable.entry(pid);
    }

    /// Kills the tree if it is too large; true if it was.
    boolean enforce(ProcessTable table) {
        List<ProcessTable.Entry> tree = tree(table);
        FileSystemUse files = files(tree);
        boolean isTooMany = tree.size() > maxProcesses + PROCESSES_AROUND;
        boolean isTooLarge = memoryBytes(tree, files) > memory.bytes() || files.files() > MAX_FILES;
        if (!isTooMany && !isTooLarge) {
            return false;
        }
        wasKilled = wasKilled || isTooLarge;
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

    /// What they have in RAM, their files in memory included; what they share, as after a fork, and what they have
    /// mapped of those files counts once. That is only worked out if needed.
    private long memoryBytes(List<ProcessTable.Entry> tree, FileSystemUse files) {
        long resident =
                tree.stream().mapToLong(ProcessTable.Entry::residentBytes).sum();
        if (resident + files.bytes() <= memory.bytes()) {
            return resident + files.bytes();
        }
        long exact = tree.stream().mapToLong(ProcessTable::proportionalBytes).sum();
        long mapped = files.bytes() == 0
                ? 0
                : tree.stream()
                        .mapToLong(each -> ProcessTable.mappedBytes(each, MEMORY_FOLDERS))
                        .sum();
        return exact - Math.min(mapped, files.bytes()) + files.bytes();
    }

    private List<ProcessTable.Entry> tree(ProcessTable table) {
        return root.map(first -> table.tree(first.pid()))
                .filter(tree -> !tree.isEmpty() && isRoot(tree.getFirst()))
                .orElse(List.of());
    }

    /// Seen through a process inside.
    private FileSystemUse files(List<ProcessTable.Entry> tree) {
        Optional<ProcessTable.Entry> inside = inside(tree);
        if (!hasOwnFiles || inside.isEmpty()) {
            return FileSystemUse.NOTHING;
        }
        String root = "/proc/" + inside.get().pid() + "/root";
        return MEMORY_FOLDERS.stream()
                .map(folder -> Posix.fileSystemUse(Path.of(root + folder)))
                .reduce(FileSystemUse.NOTHING, FileSystemUse::plus);
    }

    /// Those inside have a session of their own. The first one does too where it was forked into its box; else it is
    /// outside, as are those that carry packets.
    private static Optional<ProcessTable.Entry> inside(List<ProcessTable.Entry> tree) {
        return tree.stream()
                .filter(each -> each.session() == each.pid()
                        || each.session() != tree.getFirst().session())
                .findFirst();
    }

    private boolean isRoot(ProcessTable.Entry entry) {
        return root.filter(first -> first.startTicks() == entry.startTicks()).isPresent();
    }
}
