package dev.whirl.sandbox.process;

import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// This server's folder for running sandboxes. Its name says which process it belongs to, so that a later server can
/// tell what a dead one left.
///
/// @param root `<base>/whirl-<pid>-<start>-<number>`
record RunFolder(Path root) {
    private static final Pattern NAME = Pattern.compile("whirl-(\\d{1,10})-(\\d{1,18})-\\d{1,9}(?:-server)?");

    private static final AtomicInteger LAST_NUMBER = new AtomicInteger();

    /// The kernel's limit on the path of a Unix-domain socket, without the zero at its end.
    private static final int MAX_SOCKET_PATH = 107;

    private static final String LONGEST_SOCKET = "s9999999/wire/wire.sock";

    /// A new name, unique among the servers of this machine, living and dead.
    static String newServerName() {
        return "whirl-%d-%d-%d"
                .formatted(ProcessHandle.current().pid(), ProcessTable.ownStartTicks(), LAST_NUMBER.incrementAndGet());
    }

    /// Whether such a name is that of a server that is gone.
    static boolean isOfADeadServer(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                && !ProcessTable.isAlive(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    /// Makes a fresh one below that base.
    ///
    /// @param serverName of this server
    /// @param isPassable whether other users must be able to pass through to folders of theirs
    static RunFolder create(Path base, String serverName, boolean isPassable) throws IOException {
        String mode = isPassable ? "rwx--x--x" : "rwx------";
        if (!Files.isDirectory(base)) { // the modes of a folder that was there are somebody's decision
            Files.createDirectories(base);
            Files.setPosixFilePermissions(base, PosixFilePermissions.fromString(mode));
        }
        requireOwn(base);
        Path root = base.toRealPath().resolve(serverName);
        Files.createDirectory(root);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(mode));
        if (root.resolve(LONGEST_SOCKET).toString().length() > MAX_SOCKET_PATH) {
            throw new IOException("the path %s is too long for sockets: set sandbox.process.run-dir".formatted(root));
        }
        if (isPassable) {
            firstClosed(root).ifPresent(RunFolder::complain);
        }
        var folder = new RunFolder(root);
        Files.createDirectory(folder.shared());
        Files.setPosixFilePermissions(folder.shared(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.compiled());
        Files.setPosixFilePermissions(folder.compiled(), PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    /// For what all sandboxes read.
    Path shared() {
        return root.resolve("shared");
    }

    /// For what runtimes made of source code: this server's alone.
    Path compiled() {
        return root.resolve("compiled");
    }

    Path sandbox(String id) {
        return root.resolve(id);
    }

    void delete() throws IOException {
        SandboxFolder.deleteTree(root);
    }

    /// Another user of this machine may have made the folder first.
    private static void requireOwn(Path base) throws IOException {
        boolean isOwn = !Files.isSymbolicLink(base)
                && Files.getOwner(base, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(Path.of("/proc/self")));
        if (!isOwn) {
            throw new IOException("%s belongs to somebody else: set sandbox.process.run-dir".formatted(base));
        }
    }

    private static Optional<Path> firstClosed(Path root) throws IOException {
        for (Path each = root; each != null; each = each.getParent()) {
            if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static void complain(Path closed) {
        throw new IllegalStateException(
                "%s does not let other users pass, and sandboxes run as users of their own: set sandbox.process.run-dir"
                        .formatted(closed));
    }
}
