package dev.whirl.bench.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The frames of the wire between an invoker and a runtime: length, type, request number, payload.
final class Frame {
    static final byte INIT = 1;
    static final byte RUN = 2;
    static final byte READY = 3;
    static final byte REPLY = 4;

    static final int LENGTH_BYTES = 4;

    /// Type and request number: the part of the length that is not payload.
    static final int FIXED_BYTES = 5;

    private static final int MAX_BYTES = 1024 * 1024;

    private Frame() {}

    /// A whole frame, ready to be written.
    static ByteBuffer of(byte type, int number, String payload) {
        byte[] bytes = payload.getBytes(UTF_8);
        return ByteBuffer.allocateDirect(LENGTH_BYTES + FIXED_BYTES + bytes.length)
                .putInt(FIXED_BYTES + bytes.length)
                .put(type)
                .putInt(number)
                .put(bytes)
                .flip();
    }

    /// Reads the next frame from its type on, allocating for it: for the few frames outside of a measurement.
    static ByteBuffer read(ReadableByteChannel channel) throws IOException {
        int length = readFully(channel, LENGTH_BYTES).getInt();
        if (length < FIXED_BYTES || length > MAX_BYTES) {
            throw new ProtocolException("a frame of " + length + " bytes");
        }
        return readFully(channel, length);
    }

    private static ByteBuffer readFully(ReadableByteChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the runtime closed its socket");
            }
        }
        return bytes.flip();
    }
}
