package dev.whirl.cli.project.fetch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A folder that only the user can read, gone when it is closed.
record TemporaryFolder(Path path) implements AutoCloseable {
    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("wsk-project").toRealPath());
    }

    /// Of all files in it together. Files may come and go meanwhile.
    long sizeBytes() throws IOException {
        var sizes = new Sizes();
        Files.walkFileTree(path, sizes);
        return sizes.total;
    }

    /// What cannot be deleted is left to the system, which empties its folder for temporary files.
    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException _) {
            // it is of no use to anybody
        }
    }

    /// Deletes a folder with all that is in it. Links are deleted, not followed.
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static final class Sizes extends SimpleFileVisitor<Path> {
        private long total;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            total += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
