package dev.whirl.sandbox.process.wire;

import java.nio.ByteBuffer;

/// The fixed part of each frame: 4 bytes length of all that follows, 1 byte type, 4 bytes request number.
final class Frame {
    static final byte INIT = 1;
    static final byte RUN = 2;
    static final byte READY = 3;
    static final byte REPLY = 4;
    static final byte BUILT = 5;

    static final int HEADER_BYTES = 9;

    /// What the length counts before the payload.
    static final int COUNTED_HEADER_BYTES = 5;

    static final int STATUS_BYTES = 2;

    private Frame() {}

    static ByteBuffer header(byte type, int request, int payloadBytes) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(COUNTED_HEADER_BYTES + payloadBytes)
                .put(type)
                .putInt(request)
                .flip();
    }
}
