package dev.whirl.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A server and the processes below it, at one moment.
public record ProcessTree(ProcessStat root, List<ProcessStat> below) {
    private static final Path PROC = Path.of("/proc");

    public ProcessTree {
        below = List.copyOf(below);
    }

    /// Looks at the processes of this machine; nothing where there is no `/proc`, or no such process.
    public static Optional<ProcessTree> of(long rootId) {
        return from(rootId, readAll());
    }

    static Optional<ProcessTree> from(long rootId, List<ProcessStat> all) {
        return all.stream()
                .filter(process -> process.id() == rootId)
                .findFirst()
                .map(root -> new ProcessTree(root, below(rootId, all)));
    }

    /// Processor time of the server itself.
    public Duration rootCpu() {
        return root.cpu();
    }

    /// Processor time that all below the server used since an earlier moment, also those that have begun
    /// or ended meanwhile. The least that it may have been: what a process used whose parent did not wait
    /// for it (in a sandbox that was killed) nobody knows, nor which of those that ended are such.
    public Duration belowCpuSince(ProcessTree earlier) {
        Map<Long, ProcessStat> had = byId(earlier.below);
        Map<Long, ProcessStat> have = byId(below);
        Duration own = below.stream()
                .map(now -> now.cpu().minus(ownCpu(had.get(now.id()))))
                .reduce(Duration.ZERO, Duration::plus);
        Duration ofEnded = reaped(root, earlier.root);
        for (ProcessStat now : below) {
            ofEnded = ofEnded.plus(reaped(now, had.get(now.id())));
        }
        for (ProcessStat then : earlier.below) {
            if (!have.containsKey(then.id())) {
                ofEnded = ofEnded.minus(then.cpu()).minus(then.reapedCpu());
            }
        }
        return ofEnded.isNegative() ? own : own.plus(ofEnded);
    }

    private static Map<Long, ProcessStat> byId(List<ProcessStat> processes) {
        return processes.stream().collect(Collectors.toMap(ProcessStat::id, Function.identity()));
    }

    private static Duration ownCpu(@Nullable ProcessStat then) {
        return then == null ? Duration.ZERO : then.cpu();
    }

    private static Duration reaped(ProcessStat now, @Nullable ProcessStat then) {
        return then == null ? now.reapedCpu() : now.reapedCpu().minus(then.reapedCpu());
    }

    public MemoryUse rootMemory() {
        return memoryOf(root.id());
    }

    public MemoryUse belowMemory() {
        return below.stream().map(process -> memoryOf(process.id())).reduce(MemoryUse.NONE, MemoryUse::plus);
    }

    private static List<ProcessStat> below(long rootId, List<ProcessStat> all) {
        Set<Long> known = new HashSet<>(Set.of(rootId));
        List<ProcessStat> found = new ArrayList<>();
        boolean grew = true;
        while (grew) {
            List<ProcessStat> next = all.stream()
                    .filter(process -> known.contains(process.parent()) && !known.contains(process.id()))
                    .toList();
            next.forEach(process -> known.add(process.id()));
            found.addAll(next);
            grew = !next.isEmpty();
        }
        return found;
    }

    /// All processes of this machine; none where there is no `/proc`.
    static List<ProcessStat> readAll() {
        List<ProcessStat> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path folder : folders) {
                read(folder.resolve("stat")).map(ProcessStat::parse).ifPresent(all::add);
            }
        } catch (IOException _) {
            return List.of();
        }
        return all;
    }

    private static MemoryUse memoryOf(long id) {
        return read(PROC.resolve(Long.toString(id)).resolve("smaps_rollup"))
                .map(MemoryUse::parse)
                .orElse(MemoryUse.NONE);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file)).filter(text -> !text.isBlank());
        } catch (IOException _) {
            return Optional.empty(); // it has ended
        }
    }
}
