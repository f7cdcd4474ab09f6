package dev.whirl.common.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Zip archives in which the same files give the same bytes, whenever they are packed.
public final class StableZip {
    /// Any time that archives can hold without a time zone.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private StableZip() {}

    /// @param files by their names in the archive, in the order in which they are packed
    /// @param mostBytes of the archive
    /// @return empty if it would be larger
    public static Optional<byte[]> of(Map<String, Path> files, long mostBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Path> each : files.entrySet()) {
                var entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(each.getValue(), zip);
                zip.closeEntry();
                if (bytes.size() > mostBytes) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(bytes.toByteArray());
    }
}
