package dev.whirl.store.embedded;

import dev.whirl.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Turns what went wrong below into a sentence for the operator.
final class Faults {
    static final String OPENING = "open";

    private Faults() {}

    /// @param doing what could not be done: `write to`, `read`
    static StoreException of(String doing, Path folder, RocksDBException e) {
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new StoreException.Corrupted(
                    folder.toString(), "Can't %s the store in %s: %s".formatted(doing, folder, e.getMessage()), e);
        }
        boolean isFull = (status != null && status.getSubCode() == Status.SubCode.NoSpace)
                || String.valueOf(e.getMessage()).contains("No space left");
        return isFull
                ? new StoreException.Unavailable(
                        "Can't %s the store in %s: the disk is full. %s"
                                .formatted(
                                        doing,
                                        folder,
                                        doing.equals(OPENING)
                                                ? "Make room on that disk, then start again."
                                                : "Writing goes on once there is room again."),
                        e)
                : new StoreException.Unavailable(
                        "Can't %s the store in %s: %s".formatted(doing, folder, e.getMessage()), e);
    }

    static StoreException of(String doing, Path file, IOException e) {
        return new StoreException.Unavailable("Can't %s %s: %s".formatted(doing, file, reason(e)), e);
    }

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is missing";
            case FileAlreadyExistsException exists -> exists.getFile() + " is in the way";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default ->
                String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no space left")
                        ? "the disk is full"
                        : String.valueOf(e.getMessage());
        };
    }
}
