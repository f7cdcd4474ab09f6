package dev.whirl.controller.api.actions;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Looks through the table of contents of a zip before it is stored (attack 26): no entry outside of the
/// archive, not too many, not too large. A table may lie about sizes; what unpacks the archive counts again.
///
/// Offsets are those of the zip format (APPNOTE 4.3.12 and 4.3.16).
final class ArchiveCheck {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int ENTRY_HEADER = 0x02014b50;
    private static final int END_HEADER = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int MAX_COMMENT = 65_535;
    private static final int ENTRY_SIZE = 46;
    private static final long ZIP64 = 0xFFFF_FFFFL;

    private final ArchiveLimits limits;

    ArchiveCheck(ArchiveLimits limits) {
        this.limits = limits;
    }

    /// @throws ApiException 400 if the text is a zip in base64 that must not be stored
    void check(CodeText code) {
        if (!code.isBinary()) {
            return;
        }
        Base64View archive = code.base64();
        if (archive.sizeBytes() >= 4 && littleEndian(archive.decode(0, 4)).getInt() == LOCAL_HEADER) {
            checkEntries(table(archive));
        }
    }

    private void checkEntries(ByteBuffer table) {
        long count = 0;
        long total = 0;
        while (table.remaining() >= ENTRY_SIZE && table.getInt(table.position()) == ENTRY_HEADER) {
            int at = table.position();
            long size = Integer.toUnsignedLong(table.getInt(at + 24));
            int nameLength = Short.toUnsignedInt(table.getShort(at + 28));
            int extraLength = Short.toUnsignedInt(table.getShort(at + 30));
            int commentLength = Short.toUnsignedInt(table.getShort(at + 32));
            if (table.remaining() < ENTRY_SIZE + nameLength + extraLength + commentLength) {
                throw refused(Messages.ARCHIVE_UNREADABLE);
            }
            checkName(name(table, at + ENTRY_SIZE, nameLength));
            count++;
            total += size == ZIP64 ? limits.size().bytes() + 1 : size;
            checkTotals(count, total);
            table.position(at + ENTRY_SIZE + nameLength + extraLength + commentLength);
        }
    }

    private void checkTotals(long count, long total) {
        if (count > limits.entries()) {
            throw refused(Messages.archiveTooManyEntries(count, limits.entries()));
        }
        if (total > limits.size().bytes()) {
            throw refused(Messages.archiveTooLarge(total, limits.size().bytes()));
        }
    }

    private static void checkName(String name) {
        String slashed = name.replace('\\', '/');
        boolean isAbsolute = slashed.startsWith("/") || slashed.matches("[A-Za-z]:.*");
        boolean climbs = ("/" + slashed + "/").contains("/../");
        if (isAbsolute || climbs || name.indexOf('\0') >= 0) {
            throw refused(Messages.archiveEntryOutside(name));
        }
    }

    private static String name(ByteBuffer table, int at, int length) {
        var bytes = new byte[length];
        table.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The central directory, found by the record at the archive's end.
    private static ByteBuffer table(Base64View archive) {
        long size = archive.sizeBytes();
        long tailStart = Math.max(0, size - END_SIZE - MAX_COMMENT);
        ByteBuffer tail = littleEndian(archive.decode(tailStart, size));
        for (int at = tail.limit() - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END_HEADER) {
                long tableSize = Integer.toUnsignedLong(tail.getInt(at + 12));
                // the table ends where the record begins, whatever was put in front of the archive
                long end = tailStart + at;
                if (tableSize == ZIP64 || tableSize > end) {
                    throw refused(Messages.ARCHIVE_UNREADABLE);
                }
                return littleEndian(archive.decode(end - tableSize, end));
            }
        }
        throw refused(Messages.ARCHIVE_UNREADABLE);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }
}
