package dev.whirl.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What tests do with folders of data.
final class Folders {
    private Folders() {}

    static void copy(Path from, Path to) throws IOException {
        for (Path each : walk(from)) {
            Path target = to.resolve(from.relativize(each).toString());
            if (Files.isDirectory(each)) {
                Files.createDirectories(target);
            } else {
                Files.copy(each, target);
            }
        }
    }

    static long size(Path folder) throws IOException {
        long size = 0;
        for (Path each : walk(folder)) {
            size += Files.isRegularFile(each) ? Files.size(each) : 0;
        }
        return size;
    }

    /// The log that the database writes to.
    static Path newestLog(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("db"))) {
            return files.filter(each -> each.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        }
    }
}
