package dev.whirl.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and folders that only their owner may read: they hold passwords.
final class OwnFile {
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");

    private OwnFile() {}

    /// Writes the text in place of what was there.
    ///
    /// @throws ClusterException if it can't be written
    static void write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, FILE);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ClusterException("%s can't be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    static Path folder(Path folder) {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, FOLDER);
        } catch (IOException e) {
            throw new ClusterException("%s can't be made: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
