package dev.whirl.invoker.logs;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the log lines of activations go (row I-30).
///
/// @param inRecord whether the record has them
/// @param folder of files with them; null for none
/// @param fileSize of one file, before the next is begun
/// @param files that are kept
/// @param forward a program that takes them over TCP; null for none
public record LogsConfig(
        boolean inRecord,
        @Nullable Path folder,
        ByteSize fileSize,
        int files,
        @Nullable Address forward) {
    /// As OpenWhisk does it where nothing else is said.
    public static final LogsConfig IN_RECORD = new LogsConfig(true, null, ByteSize.mebibytes(64), 8, null);

    private static final int MOST_FILES = 10_000;

    /// Of a program that listens.
    public record Address(String host, int port) {
        static Optional<Address> parse(String text) {
            int colon = text.lastIndexOf(':');
            if (colon <= 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
                return Optional.empty();
            }
            int port = Integer.parseInt(text.substring(colon + 1));
            return port > 0 && port <= 65_535
                    ? Optional.of(new Address(text.substring(0, colon), port))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// Whether anything gets them but the record.
    public boolean areShipped() {
        return folder != null || forward != null;
    }

    /// Reads `logs.*`.
    public static LogsConfig read(ConfigReader reader) {
        boolean inRecord = reader.flag(
                "logs.record", IN_RECORD.inRecord, "Whether records have the log lines of their activations.");
        String folder = reader.text(
                "logs.folder", "", "Folder to which log lines are also written, as lines of JSON; empty for none.");
        ByteSize size = reader.size("logs.file-size", IN_RECORD.fileSize, "Size of one file in it, before the next.");
        int files = (int) reader.number("logs.files", IN_RECORD.files, 1, MOST_FILES, "Most files in it.");
        String forward = reader.text(
                "logs.forward",
                "",
                "host:port of a program that gets log lines over TCP, as lines of JSON; empty for none.");
        Address address = Address.parse(forward).orElse(null);
        if (address == null && !forward.isEmpty()) {
            reader.problem("logs.forward = %s must be host:port".formatted(forward));
        }
        if (size.bytes() < 1024) {
            reader.problem("logs.file-size must be at least 1 KB");
        }
        return new LogsConfig(inRecord, folder.isEmpty() ? null : Path.of(folder), size, files, address);
    }
}
