package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of a data folder, in the form of one. Its file `format` is written last: without it the copy is not
/// whole.
///
/// The database is copied first, then the code. Code is put before the entity that uses it, and is not removed
/// meanwhile, so all code is there that the copied entities use. What is just being written belongs to none of them.
final class Backup {
    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);

    private Backup() {}

    static void write(Path folder, Database database, FileCodeStore code) {
        try {
            prepare(folder);
            database.copyTo(folder.resolve(DataFolder.DATABASE));
            leaveWorkBehind(folder.resolve(DataFolder.DATABASE));
            Path copies = Files.createDirectory(folder.resolve(DataFolder.CODE));
            code.forEach(sha256 -> link(code.file(sha256), copies));
            syncFolders(folder);
            DataFormat.write(folder, DataFormat.CURRENT);
        } catch (IOException e) {
            throw Faults.of("write the backup", folder, e);
        } catch (UncheckedIOException e) {
            throw Faults.of("write the backup", folder, Objects.requireNonNull(e.getCause()));
        }
    }

    /// What was accepted at this moment is run by the server that goes on: whoever starts on the copy must not run it
    /// a second time.
    private static void leaveWorkBehind(Path copy) {
        try (Database database = Database.open(copy)) {
            EmbeddedJournal.startAll(database);
        } catch (RocksDBException e) {
            throw Faults.of("write the backup", copy, e);
        }
    }

    /// Copies every file, so that the data folder and the backup share nothing.
    static void restore(Path backup, Path data) {
        try {
            int format = DataFormat.read(backup);
            prepare(data);
            DataFormat.writeRestoring(data);
            for (String part : List.of(DataFolder.DATABASE, DataFolder.CODE)) {
                copyTree(backup.resolve(part), data.resolve(part));
            }
            if (Files.isDirectory(backup.resolve(DataFolder.GATEWAY))) {
                copyTree(backup.resolve(DataFolder.GATEWAY), data.resolve(DataFolder.GATEWAY));
            }
            syncFolders(data);
            DataFormat.write(data, format);
        } catch (IOException e) {
            throw Faults.of("restore the backup", backup, e);
        }
    }

    private static void prepare(Path folder) throws IOException {
        if (Files.exists(folder)) {
            requireEmpty(folder);
        }
        DataFolder.createPrivate(folder);
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new StoreException.Unavailable("The folder %s is not empty.".formatted(folder));
            }
        }
    }

    /// The same file under a second name if the disk is the same: code never changes.
    private static void link(Path file, Path copies) {
        Path folder = copies.resolve(String.valueOf(file.getName(file.getNameCount() - 2)));
        Path copy = folder.resolve(String.valueOf(file.getFileName()));
        try {
            Files.createDirectories(folder);
            linkOrCopy(file, copy);
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("file", file).log("code that is only just being written is not in the backup");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void linkOrCopy(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            copyFile(file, copy);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    copyFile(each, target);
                }
            }
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        Files.copy(from, to);
        try (FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private static void syncFolders(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path each : (Iterable<Path>) tree.filter(Files::isDirectory)::iterator) {
                Durably.syncFolder(each);
            }
        }
    }
}
