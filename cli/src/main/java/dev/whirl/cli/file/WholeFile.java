package dev.whirl.cli.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Writes files that are there whole or not at all, whatever happens meanwhile: they are written
/// beside their place, and moved there.
public final class WholeFile {
    private WholeFile() {}

    /// Makes a new file.
    ///
    /// @throws FileAlreadyExistsException if something of this name is there, be it a link that
    /// leads nowhere
    public static void create(Path file, byte[] bytes) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        write(file, bytes);
    }

    /// Makes a file, which takes the place of what is there, also of a link.
    public static void replace(Path file, byte[] bytes) throws IOException {
        write(file, bytes, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, byte[] bytes, StandardCopyOption... options) throws IOException {
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(part, file, options);
        } catch (FileSystemException e) {
            throw FileProblem.about(file, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
