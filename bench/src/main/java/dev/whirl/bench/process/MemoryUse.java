package dev.whirl.bench.process;

import dev.whirl.common.units.ByteSize;

/// Resident memory of processes: all their pages (`resident`), and with pages shared between processes counted in
/// parts (`proportional`).
public record MemoryUse(ByteSize resident, ByteSize proportional) {
    public static final MemoryUse NONE = new MemoryUse(ByteSize.ZERO, ByteSize.ZERO);

    /// Reads a `/proc/<pid>/smaps_rollup`.
    public static MemoryUse parse(String text) {
        ByteSize resident = ByteSize.ZERO;
        ByteSize proportional = ByteSize.ZERO;
        for (String line : text.split("\n")) {
            if (line.startsWith("Rss:")) {
                resident = kibibytes(line);
            } else if (line.startsWith("Pss:")) {
                proportional = kibibytes(line);
            }
        }
        return new MemoryUse(resident, proportional);
    }

    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(resident.plus(other.resident), proportional.plus(other.proportional));
    }

    private static ByteSize kibibytes(String line) {
        String number =
                line.substring(line.indexOf(':') + 1, line.lastIndexOf('k')).strip();
        return ByteSize.kibibytes(Long.parseLong(number));
    }
}
