package dev.whirl.bench.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One keep-alive connection: sends a prepared request, reads the response. Used by one thread; closing from another
/// one ends what is in flight with an exception.
public final class HttpConnection implements Closeable {
    private final Closeable socket;
    private final WritableByteChannel out;
    private final ResponseReader reader;

    private HttpConnection(Closeable socket, ReadableByteChannel in, WritableByteChannel out) {
        this.socket = socket;
        this.out = out;
        this.reader = new ResponseReader(in);
    }

    /// The cheapest connection: it waits for an answer without limit, so that somebody must watch over it.
    public static HttpConnection open(Endpoint endpoint) throws IOException {
        SocketChannel channel = SocketChannel.open(endpoint.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new HttpConnection(channel, channel, channel);
    }

    /// A connection whose every read waits at most as long as given.
    public static HttpConnection open(Endpoint endpoint, Duration timeout) throws IOException {
        var socket = new Socket();
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
            socket.connect(endpoint.address(), millis);
            return new HttpConnection(
                    socket,
                    Channels.newChannel(socket.getInputStream()),
                    Channels.newChannel(socket.getOutputStream()));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /// Sends a request and reads the response to its end: the status. The body goes to `kept` if there is one.
    public int send(Request request, @Nullable ByteArrayOutputStream kept) throws IOException {
        return send(request.view(), kept);
    }

    int send(ByteBuffer request, @Nullable ByteArrayOutputStream kept) throws IOException {
        request.rewind();
        while (request.hasRemaining()) {
            out.write(request);
        }
        return reader.read(kept);
    }

    /// Whether the server said that it will not answer another request here.
    boolean isOver() {
        return reader.isLast();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
