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
///
/// Only its owner may look into it: it holds the keys of users.
final class DataFolder implements AutoCloseable {
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
            throw new StoreException("The data folder %s can't be used: %s".formatted(root, Faults.reason(e)), e);
        }
    }

    Path root() {
        return root;
    }

    Path database() {
        return root.resolve("db");
    }

    Path code() {
        return root.resolve("code");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new StoreException("The lock of %s can't be released: %s".formatted(root, Faults.reason(e)), e);
        }
    }

    private static void createPrivate(Path root) throws IOException {
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
        FileChannel file = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file) == null) {
            file.close();
            throw new StoreException("The data folder %s is in use by another process.".formatted(root));
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
