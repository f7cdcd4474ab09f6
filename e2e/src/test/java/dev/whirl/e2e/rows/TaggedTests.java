package dev.whirl.e2e.rows;

import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The files with tests in all modules, by the tags in them.
final class TaggedTests {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([^\"]+)\"\\)");
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".git", ".whirl");

    private final Path root = Repository.root();
    private final Map<String, TreeMap<String, Path>> files = new HashMap<>();

    TaggedTests() {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_SOURCES.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (isTestSource(file)) {
                        read(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && (path.contains("/src/test/") || path.contains("/runtimes/contract/src/"));
    }

    private void read(Path file) throws IOException {
        TAG.matcher(Files.readString(file)).results().forEach(match -> {
            Path path = root.relativize(file);
            files.computeIfAbsent(match.group(1), _ -> new TreeMap<>()).put(path.toString(), path);
        });
    }

    Set<String> tags() {
        return new TreeSet<>(files.keySet());
    }

    /// Paths below the checkout of the files that have a tag, in order of module and name.
    Iterable<Path> files(String tag) {
        return files.getOrDefault(tag, new TreeMap<>()).values();
    }
}
