package dev.whirl.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary folder for the data and the output of a server; several servers may use it, one after another. It is
/// removed when closed.
public record DataFolder(Path path) implements AutoCloseable {
    private static final int LAST_LINES = 10;
    private static final int MOST_LINES = 10_000;

    public static DataFolder create() throws IOException {
        return new DataFolder(Files.createTempDirectory("whirl-bench-"));
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /// The end of what the server wrote.
    String lastLines() {
        try (Stream<String> lines = Files.lines(log())) {
            List<String> all = lines.limit(MOST_LINES).toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        } catch (IOException | UncheckedIOException unreadable) {
            return "(" + unreadable.getMessage() + ")";
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
