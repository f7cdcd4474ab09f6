package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// The folder of a store, locked for this process until it is closed:
///
/// | in it    | is                                   |
/// |----------|--------------------------------------|
/// | `lock`   | locked while the folder is in use    |
/// | `format` | the number of its format, see [DataFormat] |
/// | `db/`    | RocksDB                              |
/// | `code/`  | the code of actions, see [FileCodeStore] |
/// | `gateway/` | APIs; the gateway's own, which only a backup takes along |
///
/// Only its owner may look into it: it holds the keys of users.
final class DataFolder implements AutoCloseable {
    static final String DATABASE = "db";
    static final String CODE = "code";
    static final String GATEWAY = "gateway";

    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /// Creates the folder if needed, locks it, and brings it to the format of this version.
    ///
    /// @throws StoreException with one sentence that names the folder
    static DataFolder open(Path root) {
        try {
            createPrivate(root);
            FileChannel lockFile = lock(root);
            try {
                DataFormat.check(root);
                return new DataFolder(root, lockFile);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "The data folder %s can't be used: %s".formatted(root, Faults.reason(e)), e);
        }
    }

    Path root() {
        return root;
    }

    Path database() {
        return root.resolve(DATABASE);
    }

    Path code() {
        return root.resolve(CODE);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "The lock of %s can't be released: %s".formatted(root, Faults.reason(e)), e);
        }
    }

    /// Whether the folder is in use; a look that changes nothing.
    static boolean isLocked(Path root) {
        Path file = root.resolve(LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException e) {
            throw new StoreException.Unavailable(
                    "The data folder %s can't be used: %s".formatted(root, Faults.reason(e)), e);
        }
    }

    /// Makes the folder if needed, for its owner alone.
    static void createPrivate(Path root) throws IOException {
        boolean hasModes = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.isDirectory(root)) {
            if (hasModes) { // it may have been made with the modes of everyday folders
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            return;
        }
        if (root.getParent() != null) {
            Files.createDirectories(root.getParent());
        }
        if (hasModes) {
            Files.createDirectory(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(root);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel file = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            file.close();
            throw new StoreException.Unavailable("The data folder %s is in use by another process.".formatted(root));
        }
        return file;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
