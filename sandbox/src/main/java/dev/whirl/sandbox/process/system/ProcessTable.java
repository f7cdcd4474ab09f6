package dev.whirl.sandbox.process.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All processes of this machine at one moment, read from `/proc`.
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int PAGE_BYTES = 4096;
    private static final boolean HAS_CHILDREN = Files.exists(PROC.resolve("thread-self/children"));

    /// The first line of a mapping in `smaps`, with its addresses; the others begin with a name and a colon.
    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]+-[0-9a-f]+ ");

    /// One process.
    ///
    /// @param startTicks when it started, in clock ticks since boot: with the pid it names a process for good
    public record Entry(long pid, long parent, long session, long startTicks, long residentBytes) {}

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<Long, List<Entry>> children = new HashMap<>();

    private ProcessTable() {}

    public static ProcessTable read() {
        var table = new ProcessTable();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path each : all) {
                entry(Long.parseLong(each.getFileName().toString())).ifPresent(table::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    /// One process; empty if it is gone.
    public static Optional<Entry> entry(long pid) {
        try {
            return parse(pid, Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// When this process started, in clock ticks since boot.
    public static long ownStartTicks() {
        return entry(ProcessHandle.current().pid()).map(Entry::startTicks).orElse(0L);
    }

    /// Whether the process that had this pid and start is still there.
    public static boolean isAlive(long pid, long startTicks) {
        return entry(pid).filter(found -> found.startTicks() == startTicks).isPresent();
    }

    /// The processes that descend from one, and itself, without looking at all others; empty where the kernel has no
    /// lists of children.
    public static Optional<Set<Long>> family(long root) {
        if (!HAS_CHILDREN) {
            return Optional.empty();
        }
        var found = new HashSet<Long>(List.of(root));
        var next = new ArrayDeque<Long>(List.of(root));
        while (!next.isEmpty()) {
            for (long child : children(next.remove())) {
                if (found.add(child)) {
                    next.add(child);
                }
            }
        }
        return Optional.of(found);
    }

    /// Each thread has a list of those that it started.
    private static List<Long> children(long pid) {
        var found = new ArrayList<Long>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
            for (Path thread : threads) {
                for (String child : Files.readString(thread.resolve("children")).split(" ")) {
                    if (!child.isBlank()) {
                        found.add(Long.parseLong(child.strip()));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found; // it, or a thread of it, has just ended
        }
        return found;
    }

    /// A process and all that descend from it, itself first.
    public List<Entry> tree(long root) {
        var found = new ArrayList<Entry>();
        var next = new ArrayDeque<Long>(List.of(root));
        Entry first = entries.get(root);
        if (first != null) {
            found.add(first);
        }
        while (!next.isEmpty()) {
            for (Entry child : children.getOrDefault(next.remove(), List.of())) {
                found.add(child);
                next.add(child.pid());
            }
        }
        return found;
    }

    /// How much of the files in those folders a process has mapped and in RAM; its share of it if others have it too.
    ///
    /// @param folders as the process sees them, with a slash at their ends
    public static long mappedBytes(Entry entry, List<String> folders) {
        long total = 0;
        boolean isOfThem = false;
        try (Stream<String> lines = Files.lines(PROC.resolve(entry.pid() + "/smaps"), StandardCharsets.ISO_8859_1)) {
            for (String line : (Iterable<String>) lines::iterator) {
                int path = line.indexOf('/');
                if (MAPPING.matcher(line).lookingAt()) {
                    isOfThem = path > 0 && folders.stream().anyMatch(line.substring(path)::startsWith);
                } else if (isOfThem && line.startsWith("Pss:")) {
                    total += kibibytes(line);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has just ended
        }
        return total;
    }

    /// What a process has in RAM, with its share of the pages that others have too; all of it where that is unknown.
    public static long proportionalBytes(Entry entry) {
        try (Stream<String> lines = Files.lines(PROC.resolve(entry.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(ProcessTable::kibibytes)
                    .findFirst()
                    .orElse(entry.residentBytes());
        } catch (IOException | UncheckedIOException e) {
            return isAlive(entry.pid(), entry.startTicks()) ? entry.residentBytes() : 0;
        }
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }

    private void add(Entry entry) {
        entries.put(entry.pid(), entry);
        children.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry);
    }

    /// The name stands in parentheses and may hold anything, so the fields are counted from the last one.
    static Optional<Entry> parse(long pid, String stat) {
        int afterName = stat.lastIndexOf(')');
        String[] fields = stat.substring(afterName + 1).strip().split(" ");
        if (afterName < 0 || fields.length < 22 || fields[0].equals("Z") || fields[0].equals("X")) {
            return Optional.empty();
        }
        return Optional.of(new Entry(
                pid,
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19]),
                Long.parseLong(fields[21]) * PAGE_BYTES));
    }
}
