package dev.whirl.store.embedded;

import dev.whirl.common.units.ByteSize;
import dev.whirl.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps some of the disk free: what the database needs to put itself in order, and what other programs need.
final class DiskSpace {
    private final Path folder;
    private final ByteSize reserve;

    DiskSpace(Path folder, ByteSize reserve) {
        this.folder = folder;
        this.reserve = reserve;
    }

    /// Why so many bytes can't be written now; empty if they can.
    Optional<StoreException> shortage(long bytes) {
        if (reserve.bytes() == 0) {
            return Optional.empty();
        }
        long free = folder.toFile().getUsableSpace();
        return free - bytes >= reserve.bytes()
                ? Optional.empty()
                : Optional.of(new StoreException(
                        "The disk of %s is nearly full: %d MB are free, and %s stay so. Writing goes on once there is room again."
                                .formatted(folder, ByteSize.bytes(free).toMebibytes(), reserve)));
    }

    /// @throws StoreException if so many bytes can't be written now
    void require(long bytes) {
        shortage(bytes).ifPresent(shortage -> {
            throw shortage;
        });
    }
}
