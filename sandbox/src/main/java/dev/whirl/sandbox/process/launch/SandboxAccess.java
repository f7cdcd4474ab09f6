package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/// Which files of this machine the users that sandboxes run as can read, and copies of those that they can't.
///
/// @param usesOtherUsers whether sandboxes run as users of their own
/// @param copies a folder that everybody can read
public record SandboxAccess(boolean usesOtherUsers, Path copies) {
    private static final long MAX_COPY_BYTES = 64L << 20;

    /// Whether every folder on the way and the file itself are open to everybody, or that does not matter.
    boolean canRead(Path path) {
        if (!usesOtherUsers) {
            return Files.isReadable(path);
        }
        for (Path each = path; each != null; each = each.getParent()) {
            if (!isOpen(each)) {
                return false;
            }
        }
        return true;
    }

    /// The folder itself if sandboxes can read it, else a copy that they can.
    Path readable(Path folder) throws IOException {
        Path description = folder.resolve(RuntimeDescription.FILE_NAME);
        if (canRead(folder) && (Files.notExists(description) || canRead(description))) {
            return folder;
        }
        Path copy = copies.resolve(String.valueOf(folder.getFileName()));
        Files.createDirectories(copies);
        Files.walkFileTree(folder, new Copier(folder, copy));
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
        return copy;
    }

    private static boolean isOpen(Path path) {
        try {
            var permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(
                    Files.isDirectory(path) ? PosixFilePermission.OTHERS_EXECUTE : PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private long copiedBytes;

        Copier(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(folder));
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            copiedBytes += attributes.size();
            if (copiedBytes > MAX_COPY_BYTES) {
                throw new IOException(
                        "%s is too large to be copied for sandboxes, and other users can't read it".formatted(from));
            }
            Path target = to.resolve(from.relativize(file));
            Files.copy(file, target);
            Files.setLastModifiedTime(target, attributes.lastModifiedTime()); // Java's caches go by it
            String mode = Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--";
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
            return FileVisitResult.CONTINUE;
        }
    }
}
