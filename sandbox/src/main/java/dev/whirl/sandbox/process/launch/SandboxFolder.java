package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The private folder of one sandbox on this machine: its pipes and its socket.
///
/// The sandbox's user may pass through and use what is in there, and change nothing.
///
/// @param user who the sandbox runs as; empty if that is this server's own user
public record SandboxFolder(Path root, OptionalInt user) {
    public void create() throws IOException {
        for (Path each : new Path[] {root, wire(), home()}) {
            Files.createDirectory(each);
            give(each, user.isPresent() ? "rwx--x---" : "rwx------", false);
        }
        give(home(), "rwx------", true);
    }

    public Path stdout() {
        return root.resolve("stdout");
    }

    public Path stderr() {
        return root.resolve("stderr");
    }

    /// The only thing of this folder that an isolated sandbox sees.
    public Path wire() {
        return root.resolve("wire");
    }

    public Path socket() {
        return wire().resolve("wire.sock");
    }

    /// Where code without isolation may write.
    Path home() {
        return root.resolve("home");
    }

    /// Makes the pipes and the socket, once they are there, usable for the sandbox.
    public void handOver() throws IOException {
        give(stdout(), "rw-------", true); // opened for reading too, see SpawnScript
        give(stderr(), "rw-------", true);
        give(socket(), "rw-------", true);
    }

    /// Removes it with all that is in it. Nothing must run in the sandbox any more.
    public void delete() throws IOException {
        deleteTree(root);
    }

    /// Removes a folder with all that is in it, if it is there. Follows no links.
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void give(Path path, String mode, boolean asOwner) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        if (user.isPresent()) {
            Files.setAttribute(path, "unix:gid", user.getAsInt());
            if (asOwner) {
                Files.setAttribute(path, "unix:uid", user.getAsInt());
            }
        }
    }
}
