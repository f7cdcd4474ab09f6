package dev.whirl.e2e.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks at folders from outside, while others may be changing them.
public final class Folders {
    /// Files that the embedded database makes and deletes as it likes.
    private static final Pattern DATABASE =
            Pattern.compile("\\d+\\.(sst|log|blob|dbtmp)|(MANIFEST|OPTIONS|LOG|CURRENT|IDENTITY|LOCK).*");

    private Folders() {}

    /// Paths of all files below a folder, relative to it, without those of the database.
    public static Set<String> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(each ->
                            !DATABASE.matcher(each.getFileName().toString()).matches())
                    .map(each -> folder.relativize(each).toString())
                    .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
        } catch (UncheckedIOException | IOException e) {
            return files(folder);
        }
    }

    /// Bytes of all files below a folder.
    public static long sizeBytes(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        } catch (UncheckedIOException | IOException e) {
            return sizeBytes(folder);
        }
    }

    public static void copyRecursively(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void deleteRecursively(Path folder) {
        try {
            for (Path each : deepestFirst(folder)) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            // somebody else was faster
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
