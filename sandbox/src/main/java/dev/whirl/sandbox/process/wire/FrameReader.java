package dev.whirl.sandbox.process.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Cuts the bytes that a runtime sends into frames. Memory grows with what arrives, never with what is announced, and
/// not beyond the limit of the call. Not for use by several threads.
final class FrameReader {
    private static final int MAX_READY_BYTES = 4_096;
    private static final int FIRST_ROOM_BYTES = 8_192;
    private static final byte[] EMPTY = {};

    /// Takes the frames.
    interface Handler {
        /// @return how many bytes of this answer's body to keep
        /// @throws WireViolation if nobody asked
        int bodyLimit(int request) throws WireViolation;

        /// @return how many bytes to keep of what was made of that init's code
        /// @throws WireViolation if nobody asked
        int builtLimit(int request) throws WireViolation;

        void ready(byte[] document) throws WireViolation;

        void reply(int request, int status, byte[] body, long fullSizeBytes);

        void built(int request, byte[] content, long fullSizeBytes);
    }

    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private final ByteBuffer status = ByteBuffer.allocate(Frame.STATUS_BYTES);
    private byte type;
    private int request;
    private long bodyBytes;
    private long bytesSeen;
    private int limit;
    private byte[] body = EMPTY;
    private int kept;

    FrameReader() {
        beginFrame();
    }

    void feed(ByteBuffer in, Handler handler) throws WireViolation {
        while (in.hasRemaining()) {
            if (header.hasRemaining()) {
                fill(header, in);
                if (!header.hasRemaining()) {
                    readHeader(handler);
                }
            } else if (status.hasRemaining()) {
                fill(status, in);
            } else {
                takeBody(in);
            }
            if (!header.hasRemaining() && !status.hasRemaining() && bytesSeen == bodyBytes) {
                complete(handler);
                beginFrame();
            }
        }
    }

    private void readHeader(Handler handler) throws WireViolation {
        header.flip();
        long payload = header.getInt() - (long) Frame.COUNTED_HEADER_BYTES;
        type = header.get();
        request = header.getInt();
        switch (type) {
            case Frame.READY -> {
                if (payload < 0 || payload > MAX_READY_BYTES || request != 0) {
                    throw new WireViolation("a ready frame of %d bytes for request %d".formatted(payload, request));
                }
                status.position(status.limit());
                bodyBytes = payload;
                limit = MAX_READY_BYTES;
            }
            case Frame.REPLY -> {
                if (payload < Frame.STATUS_BYTES) {
                    throw new WireViolation("a reply of %d bytes".formatted(payload));
                }
                bodyBytes = payload - Frame.STATUS_BYTES;
                limit = handler.bodyLimit(request);
            }
            case Frame.BUILT -> {
                if (payload < 0) {
                    throw new WireViolation("built code of %d bytes".formatted(payload));
                }
                status.position(status.limit());
                bodyBytes = payload;
                limit = handler.builtLimit(request);
            }
            default -> throw new WireViolation("a frame of unknown type %d".formatted(type));
        }
    }

    private void takeBody(ByteBuffer in) {
        int taken = (int) Math.min(in.remaining(), bodyBytes - bytesSeen);
        int wanted = Math.min(taken, limit - kept);
        if (wanted > 0) {
            ensureRoom(kept + wanted);
            in.get(body, kept, wanted);
            kept += wanted;
        }
        in.position(in.position() + taken - Math.max(0, wanted));
        bytesSeen += taken;
    }

    private void ensureRoom(int size) {
        if (body.length < size) {
            long doubled = Math.max(FIRST_ROOM_BYTES, body.length * 2L);
            int most = (int) Math.min(limit, bodyBytes);
            body = Arrays.copyOf(body, (int) Math.min(most, Math.max(size, doubled)));
        }
    }

    private void complete(Handler handler) throws WireViolation {
        byte[] whole = kept == body.length ? body : Arrays.copyOf(body, kept);
        switch (type) {
            case Frame.READY -> handler.ready(whole);
            case Frame.BUILT -> handler.built(request, whole, bodyBytes);
            default -> handler.reply(request, Short.toUnsignedInt(status.getShort(0)), whole, bodyBytes);
        }
    }

    private void beginFrame() {
        header.clear();
        status.clear();
        bytesSeen = 0;
        bodyBytes = 0;
        kept = 0;
        body = EMPTY;
    }

    private static void fill(ByteBuffer target, ByteBuffer in) {
        while (target.hasRemaining() && in.hasRemaining()) {
            target.put(in.get());
        }
    }
}
