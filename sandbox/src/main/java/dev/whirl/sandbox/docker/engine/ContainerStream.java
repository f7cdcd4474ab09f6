package dev.whirl.sandbox.docker.engine;

import dev.whirl.sandbox.CollectedLogs.Stream;
import java.io.Closeable;
import java.io.IOException;

/// What a container prints, as the engine passes it on: pieces of stdout and stderr, in their order.
public final class ContainerStream implements Closeable {
    private static final int HEADER_BYTES = 8;
    private static final int STDERR = 2;
    private static final int LENGTH_AT = 4;

    private final UnixConnection connection;
    private final byte[] header = new byte[HEADER_BYTES];

    ContainerStream(UnixConnection connection) {
        this.connection = connection;
    }

    /// Takes one piece. The array is only lent.
    @FunctionalInterface
    public interface Sink {
        void piece(Stream stream, byte[] bytes, int length);
    }

    /// Passes everything on until the container ends or this is closed.
    public void forEach(Sink sink) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        while (isFull(header, HEADER_BYTES)) {
            Stream stream = header[0] == STDERR ? Stream.STDERR : Stream.STDOUT;
            long left = length();
            while (left > 0) {
                int count = connection.reader().readRaw(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    return;
                }
                sink.piece(stream, buffer, count);
                left -= count;
            }
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private boolean isFull(byte[] into, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int more = connection.reader().readRaw(into, count, length - count);
            if (more < 0) {
                return false;
            }
            count += more;
        }
        return true;
    }

    private long length() {
        long length = 0;
        for (int i = LENGTH_AT; i < HEADER_BYTES; i++) {
            length = (length << 8) | (header[i] & 0xFF);
        }
        return length;
    }
}
