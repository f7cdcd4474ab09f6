package dev.whirl.cli.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/// Writes files that are there whole or not at all, whatever happens meanwhile: they are written
/// beside their place, and moved there.
public final class WholeFile {
    /// Who may read a new file.
    public enum Readers {
        /// As for any file that the user makes.
        ANYBODY,

        /// The user alone, from the beginning, where files have such permissions.
        OWNER;

        private FileAttribute<?>[] attributes(Path file) {
            boolean areThere =
                    file.getFileSystem().supportedFileAttributeViews().contains("posix");
            return this == OWNER && areThere
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
        }
    }

    private WholeFile() {}

    /// Makes a new file for anybody to read.
    ///
    /// @throws FileAlreadyExistsException if something of this name is there, be it a link that
    /// leads nowhere
    public static void create(Path file, byte[] bytes) throws IOException {
        create(file, bytes, Readers.ANYBODY);
    }

    /// Makes a new file, as the other one does.
    public static void create(Path file, byte[] bytes, Readers readers) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        write(file, bytes, readers);
    }

    /// Makes a file, which takes the place of what is there, also of a link.
    public static void replace(Path file, byte[] bytes, Readers readers) throws IOException {
        write(file, bytes, readers, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path file, byte[] bytes, Readers readers, StandardCopyOption... options)
            throws IOException {
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(part, readers.attributes(part));
            Files.write(part, bytes, StandardOpenOption.WRITE);
            Files.move(part, file, options);
        } catch (FileSystemException e) {
            throw FileProblem.about(file, e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
