package dev.whirl.sandbox.docker.engine;

import dev.whirl.sandbox.http.ResponseReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// One connection with the engine, for one request.
final class UnixConnection implements Closeable {
    private static final int MAX_WRITE_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ResponseReader reader;

    private UnixConnection(SocketChannel channel) {
        this.channel = channel;
        this.reader = new ResponseReader(new Reading());
    }

    static UnixConnection to(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new UnixConnection(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    ResponseReader reader() {
        return reader;
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        int next = from;
        while (next < from + length) {
            ByteBuffer part = ByteBuffer.wrap(bytes, next, Math.min(MAX_WRITE_BYTES, from + length - next));
            next += channel.write(part);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private final class Reading extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(into, from, length));
        }
    }
}
