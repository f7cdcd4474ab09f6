package dev.whirl.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives of actions, good and evil.
final class Archives {
    private static final int TAR_BLOCK = 512;
    private static final int DIRECTORY_SIGNATURE = 0x02014b50;
    private static final int SIZE_OFFSET = 24;
    private static final int ATTRIBUTES_OFFSET = 38;
    private static final int SYMBOLIC_LINK = 0120777;
    private static final byte UNIX = 3;

    private Archives() {}

    /// A zip of small files, by name. Java writes it as a stream: sizes follow the data.
    static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /// A zip of one file that is nothing but zeros.
    static byte[] bomb(String name, long sizeBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(name));
            zeros(zip, sizeBytes);
        }
        return bytes.toByteArray();
    }

    /// The same zip, with another size of its first file in the directory.
    static byte[] withDeclaredSize(byte[] zip, int sizeBytes) {
        ByteBuffer changed = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        return changed.putInt(directory(changed) + SIZE_OFFSET, sizeBytes).array();
    }

    /// A zip of one symbolic link.
    static byte[] linkZip(String name, String target) throws IOException {
        ByteBuffer zip = ByteBuffer.wrap(zip(Map.of(name, target))).order(ByteOrder.LITTLE_ENDIAN);
        int entry = directory(zip);
        return zip.put(entry + 5, UNIX)
                .putInt(entry + ATTRIBUTES_OFFSET, SYMBOLIC_LINK << 16)
                .array();
    }

    static byte[] tarGz(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(UTF_8);
                gzip.write(tarHeader(file.getKey(), content.length));
                gzip.write(content);
                zeros(gzip, padding(content.length));
            }
            zeros(gzip, 2 * TAR_BLOCK);
        }
        return bytes.toByteArray();
    }

    static byte[] tarBomb(long sizeBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tarHeader("zeros", sizeBytes));
            zeros(gzip, sizeBytes + padding(sizeBytes));
            zeros(gzip, 2 * TAR_BLOCK);
        }
        return bytes.toByteArray();
    }

    private static byte[] tarHeader(String name, long size) {
        ByteBuffer header = ByteBuffer.allocate(TAR_BLOCK);
        header.put(name.getBytes(UTF_8));
        header.position(100).put("0000644\0".getBytes(UTF_8));
        header.position(124).put("%011o\0".formatted(size).getBytes(UTF_8));
        header.position(156).put("0ustar\00000".getBytes(UTF_8));
        return header.array();
    }

    private static long padding(long size) {
        return (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        var chunk = new byte[1 << 16];
        for (long left = count; left > 0; left -= chunk.length) {
            out.write(chunk, 0, (int) Math.min(left, chunk.length));
        }
    }

    private static int directory(ByteBuffer zip) {
        for (int at = zip.capacity() - 46; at >= 0; at--) {
            if (zip.getInt(at) == DIRECTORY_SIGNATURE) {
                return at;
            }
        }
        throw new IllegalArgumentException("no zip");
    }
}
