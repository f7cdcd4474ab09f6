package dev.whirl.runtime.java;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/// The wire to the server: length-prefixed frames over one Unix socket (`docs/design/0001-sandbox-wire.md`). For one
/// thread. Child processes do not inherit the socket.
///
/// The action can interrupt that thread at any time, and an interrupt closes a channel that its thread waits for. So
/// the channel never waits: a selector does, which an interrupt only wakes.
final class Wire implements Requests {
    static final int INIT = 1;
    static final int RUN = 2;
    private static final int READY = 3;
    private static final int REPLY = 4;

    private static final int LENGTH_BYTES = 4;
    private static final int TYPE_AND_NUMBER_BYTES = 5;
    private static final int STATUS_BYTES = 2;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /// One request of the server.
    ///
    /// @param type [#INIT] or [#RUN]
    /// @param document JSON; nobody changes the array
    @SuppressWarnings("ArrayRecordComponent") // read once, on the path of every call
    record Frame(int type, int number, byte[] document) {}

    private Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    static Wire connect(Path socket) throws IOException {
        return new Wire(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    @Override
    public Optional<Frame> receive() throws IOException {
        if (!input.hasRemaining() && !fill()) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(read(LENGTH_BYTES + TYPE_AND_NUMBER_BYTES));
        int documentBytes = head.getInt() - TYPE_AND_NUMBER_BYTES;
        int type = head.get();
        int number = head.getInt();
        return Optional.of(new Frame(type, number, read(documentBytes)));
    }

    @Override
    public void ready(byte[] document) throws IOException {
        send(head(READY, 0, document.length), document);
    }

    @Override
    public void reply(int number, Answer answer) throws IOException {
        byte[] document = answer.document();
        send(head(REPLY, number, STATUS_BYTES + document.length).putShort((short) answer.status()), document);
    }

    private ByteBuffer head(int type, int number, int rest) {
        return output.clear()
                .putInt(TYPE_AND_NUMBER_BYTES + rest)
                .put((byte) type)
                .putInt(number);
    }

    private void send(ByteBuffer head, byte[] document) throws IOException {
        if (document.length <= head.remaining()) {
            writeAll(head.put(document).flip());
        } else {
            writeAll(head.flip());
            writeAll(ByteBuffer.wrap(document));
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private byte[] read(int size) throws IOException {
        var bytes = new byte[size];
        int filled = 0;
        while (filled < size) {
            if (!input.hasRemaining() && !fill()) {
                throw new EOFException("the server is gone");
            }
            int count = Math.min(size - filled, input.remaining());
            input.get(bytes, filled, count);
            filled += count;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        input.clear();
        int count = channel.read(input);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(input);
        }
        input.flip();
        return count > 0;
    }

    /// Returns when the channel may be ready, or earlier. A thread that stays interrupted would not wait again.
    private void await(int operation) throws IOException {
        key.interestOps(operation);
        selector.select();
        selector.selectedKeys().clear();
        Thread.interrupted();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
