package dev.whirl.store.embedded;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.store.Activations.Retention;
import java.nio.file.Path;
import java.time.Duration;

/// Where the embedded store is and how much it keeps.
///
/// @param data the folder of everything; nobody else may use it at the same time
/// @param reserve when less than this is free on its disk, nothing more is written
/// @param syncRecords whether a record is durable before its writer goes on
/// @param maxPending most bytes of records that wait in memory to be written
/// @param retention which records are kept
/// @param pruneInterval how often the others are removed, zero for never
/// @param codeGrace how long code is kept that no action uses
public record EmbeddedStoreConfig(
        Path data,
        ByteSize reserve,
        boolean syncRecords,
        ByteSize maxPending,
        Retention retention,
        Duration pruneInterval,
        Duration codeGrace) {
    private static final Retention WEEK = new Retention(Duration.ofDays(7), 100_000);

    public EmbeddedStoreConfig {
        require(maxPending.bytes() > 0, "records.max-pending must be more than zero");
    }

    /// The defaults for one folder.
    public static EmbeddedStoreConfig in(Path data) {
        return new EmbeddedStoreConfig(
                data,
                ByteSize.mebibytes(64),
                false,
                ByteSize.mebibytes(32),
                WEEK,
                Duration.ofMinutes(10),
                Duration.ofHours(1));
    }

    public static EmbeddedStoreConfig read(ConfigReader reader) {
        EmbeddedStoreConfig standard = in(Path.of("data"));
        String data = reader.text(
                "store.data", standard.data.toString(), "Folder of everything that is kept; --data sets it too.");
        ByteSize reserve = reader.size(
                "store.reserve", standard.reserve, "Free space on the disk below which nothing more is written.");
        Duration codeGrace = reader.duration(
                "store.code-grace", standard.codeGrace, "How long code is kept that no action uses any more.");
        boolean sync = reader.flag(
                "records.sync", standard.syncRecords, "Whether an activation record is durable before the next step.");
        ByteSize pending = reader.size(
                "records.max-pending", standard.maxPending, "Most memory for activation records yet to be written.");
        Duration age = reader.duration(
                "records.retention-age", WEEK.age(), "Activation records that started longer ago are removed.");
        long count = reader.number(
                "records.retention-count",
                WEEK.count(),
                1,
                Long.MAX_VALUE,
                "Most activation records that are kept of one namespace.");
        Duration interval = reader.duration(
                "records.prune-interval", standard.pruneInterval, "How often old records are removed; 0s for never.");
        if (pending.bytes() == 0) {
            reader.problem("records.max-pending must be more than zero");
        }
        return new EmbeddedStoreConfig(
                home(data), reserve, sync, atLeastOne(pending), new Retention(age, count), interval, codeGrace);
    }

    public EmbeddedStoreConfig withData(Path folder) {
        return new EmbeddedStoreConfig(folder, reserve, syncRecords, maxPending, retention, pruneInterval, codeGrace);
    }

    public EmbeddedStoreConfig withReserve(ByteSize size) {
        return new EmbeddedStoreConfig(data, size, syncRecords, maxPending, retention, pruneInterval, codeGrace);
    }

    public EmbeddedStoreConfig withSyncRecords(boolean sync) {
        return new EmbeddedStoreConfig(data, reserve, sync, maxPending, retention, pruneInterval, codeGrace);
    }

    public EmbeddedStoreConfig withMaxPending(ByteSize size) {
        return new EmbeddedStoreConfig(data, reserve, syncRecords, size, retention, pruneInterval, codeGrace);
    }

    public EmbeddedStoreConfig withHousekeeping(Retention kept, Duration interval, Duration grace) {
        return new EmbeddedStoreConfig(data, reserve, syncRecords, maxPending, kept, interval, grace);
    }

    private static ByteSize atLeastOne(ByteSize size) {
        return size.bytes() == 0 ? ByteSize.bytes(1) : size;
    }

    private static Path home(String data) {
        return data.startsWith("~/") ? Path.of(System.getProperty("user.home"), data.substring(2)) : Path.of(data);
    }
}
