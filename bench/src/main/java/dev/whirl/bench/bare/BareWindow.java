package dev.whirl.bench.bare;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.bench.load.Tally;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps a number of calls in flight on one socket: each reply is followed by the next call, and each call is a write
/// of its own, as it is for independent callers. Used by one thread.
final class BareWindow {
    private static final int MAX_IN_FLIGHT = 256;
    private static final int IN_BYTES = 256 * 1024;
    private static final int NUMBER_AT = Frame.LENGTH_BYTES + 1;
    private static final int STATUS_BYTES = 2;
    private static final int OK = 200;

    /// Far more than can be in flight, and a power of two.
    private static final int REMEMBERED = 64 * 1024;

    private final ByteChannel channel;
    private final int size;
    private final ByteBuffer frame;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final long[] sentAt = new long[REMEMBERED];
    private final AtomicInteger numbers;
    private int inFlight;

    /// @param numbers gives each call a number that this runtime has not seen
    BareWindow(ByteChannel channel, AtomicInteger numbers, int size, String runDocument) {
        require(size >= 1 && size <= MAX_IN_FLIGHT, "in flight must be 1 to %d, got %d", MAX_IN_FLIGHT, size);
        this.channel = channel;
        this.numbers = numbers;
        this.size = size;
        this.frame = Frame.of(Frame.RUN, 0, runDocument);
    }

    /// Calls until the end, by [System#nanoTime], and waits for the last replies. If that is over already, every place
    /// in flight is used once.
    void run(long end, Tally tally) throws IOException {
        for (int i = 0; i < size; i++) {
            sendCall();
        }
        while (inFlight > 0) {
            receive(tally, end);
        }
    }

    private void sendCall() throws IOException {
        int number = numbers.incrementAndGet();
        inFlight++;
        frame.putInt(NUMBER_AT, number).rewind();
        sentAt[number & (REMEMBERED - 1)] = System.nanoTime();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /// Reads once and takes every reply that is complete.
    private void receive(Tally tally, long end) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the runtime closed its socket");
        }
        in.flip();
        long now = System.nanoTime();
        while (hasFrame()) {
            takeReply(tally, now);
            if (now < end) {
                sendCall();
            }
        }
        in.compact();
    }

    private boolean hasFrame() throws ProtocolException {
        if (in.remaining() < Frame.LENGTH_BYTES) {
            return false;
        }
        int length = in.getInt(in.position());
        if (length < Frame.FIXED_BYTES + STATUS_BYTES || length > IN_BYTES - Frame.LENGTH_BYTES) {
            throw new ProtocolException("a frame of " + length + " bytes");
        }
        return in.remaining() >= Frame.LENGTH_BYTES + length;
    }

    private void takeReply(Tally tally, long now) throws ProtocolException {
        int next = in.getInt() + in.position();
        if (in.get() != Frame.REPLY) {
            throw new ProtocolException("a frame that is not a reply");
        }
        long sent = sentAt[in.getInt() & (REMEMBERED - 1)];
        int status = in.getShort();
        in.position(next);
        inFlight--;
        if (status == OK) {
            tally.succeeded(now - sent);
        } else {
            tally.failed(status);
        }
    }
}
