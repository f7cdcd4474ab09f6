package dev.whirl.common.units;

import static dev.whirl.common.Preconditions.require;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, zero or more.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    public static final ByteSize ZERO = new ByteSize(0);

    private static final long KIB = 1024;
    private static final long MIB = KIB * 1024;
    private static final long GIB = MIB * 1024;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([kmg]?)(?:i?b)?", Pattern.CASE_INSENSITIVE);

    public ByteSize {
        require(bytes >= 0, "a size must not be negative, got %d", bytes);
    }

    public static ByteSize bytes(long bytes) {
        return new ByteSize(bytes);
    }

    public static ByteSize kibibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, KIB));
    }

    public static ByteSize mebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, MIB));
    }

    /// Reads `512`, `64k`, `256 MB`, `2GiB`: units are powers of 1024, as everywhere in OpenWhisk.
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        require(matcher.matches(), "'%s' is not a size such as 256 MB", text);
        long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> KIB;
            case "m" -> MIB;
            case "g" -> GIB;
            default -> 1;
        };
        long count = Long.parseLong(matcher.group(1));
        require(count <= Long.MAX_VALUE / unit, "'%s' is more than can be counted", text);
        return new ByteSize(count * unit);
    }

    /// Whole mebibytes, rounded down.
    public long toMebibytes() {
        return bytes / MIB;
    }

    public ByteSize plus(ByteSize other) {
        return new ByteSize(Math.addExact(bytes, other.bytes));
    }

    /// The difference, or zero where the other is larger.
    public ByteSize minusOrZero(ByteSize other) {
        return new ByteSize(Math.max(0, bytes - other.bytes));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes >= GIB && bytes % GIB == 0) {
            return bytes / GIB + " GB";
        }
        if (bytes >= MIB && bytes % MIB == 0) {
            return bytes / MIB + " MB";
        }
        return bytes >= KIB && bytes % KIB == 0 ? bytes / KIB + " KB" : bytes + " B";
    }
}
