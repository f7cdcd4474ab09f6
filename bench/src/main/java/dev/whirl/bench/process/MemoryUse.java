package dev.whirl.bench.process;

import dev.whirl.common.units.ByteSize;

/// Resident memory of processes: all their pages (`resident`), and with pages shared between processes counted in
/// parts (`proportional`); and the pages that no other process has (`own`).
public record MemoryUse(ByteSize resident, ByteSize proportional, ByteSize own) {
    public static final MemoryUse NONE = new MemoryUse(ByteSize.ZERO, ByteSize.ZERO, ByteSize.ZERO);

    /// Reads a `/proc/<pid>/smaps_rollup`.
    public static MemoryUse parse(String text) {
        return new MemoryUse(
                sum(text, "Rss:"),
                sum(text, "Pss:"),
                sum(text, "Private_Clean:").plus(sum(text, "Private_Dirty:")));
    }

    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(resident.plus(other.resident), proportional.plus(other.proportional), own.plus(other.own));
    }

    private static ByteSize sum(String text, String field) {
        return text.lines()
                .filter(line -> line.startsWith(field))
                .map(MemoryUse::kibibytes)
                .reduce(ByteSize.ZERO, ByteSize::plus);
    }

    private static ByteSize kibibytes(String line) {
        String number =
                line.substring(line.indexOf(':') + 1, line.lastIndexOf('k')).strip();
        return ByteSize.kibibytes(Long.parseLong(number));
    }
}
