package dev.whirl.store.embedded;

import dev.whirl.common.units.ByteSize;
import dev.whirl.store.LogPace;
import dev.whirl.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps some of the disk free: what the database needs to put itself in order, and what other programs need.
final class DiskSpace {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);

    private final Path folder;
    private final ByteSize reserve;
    private final LongSupplier freeBytes;
    private final LogPace pace = new LogPace();

    DiskSpace(Path folder, ByteSize reserve) {
        this(folder, reserve, () -> folder.toFile().getUsableSpace());
    }

    DiskSpace(Path folder, ByteSize reserve, LongSupplier freeBytes) {
        this.folder = folder;
        this.freeBytes = freeBytes;
        this.reserve = reserve;
    }

    /// Why so many bytes can't be written now; empty if they can. A shortage is logged, once a minute.
    Optional<StoreException> shortage(long bytes) {
        if (reserve.bytes() == 0) {
            return Optional.empty();
        }
        long free = freeBytes.getAsLong();
        if (free - bytes >= reserve.bytes()) {
            return Optional.empty();
        }
        var shortage = new StoreException.Unavailable(
                "The disk of %s is nearly full: %d MB are free, and %s stay so. Writing goes on once there is room again."
                        .formatted(folder, ByteSize.bytes(free).toMebibytes(), reserve));
        pace.log(heldBack ->
                LOG.atError().addKeyValue("refusedSince", heldBack).log(String.valueOf(shortage.getMessage())));
        return Optional.of(shortage);
    }

    /// @throws StoreException if so many bytes can't be written now
    void require(long bytes) {
        shortage(bytes).ifPresent(shortage -> {
            throw shortage;
        });
    }
}
