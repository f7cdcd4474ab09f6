package dev.whirl.sandbox.process.wire;

import dev.whirl.sandbox.Payload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes frames from the calling threads, one at a time. A peer that does not read costs its caller the time up to
/// the deadline and nobody else anything.
final class FrameWriter {
    /// How far a frame got.
    enum Outcome {
        SENT,
        NOTHING_SENT,
        /// Part of the frame is on its way: nothing else can follow.
        BROKEN_OFF
    }

    /// Also the most that Java copies outside of the heap at once.
    private static final int CHUNK_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final WireLoop loop;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile @Nullable Thread waiter;

    FrameWriter(SocketChannel channel, SelectionKey key, WireLoop loop) {
        this.channel = channel;
        this.key = key;
        this.loop = loop;
    }

    Outcome write(byte type, int request, Payload body, long deadlineNanos) throws InterruptedException {
        if (!turn.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return Outcome.NOTHING_SENT;
        }
        var frame = new FrameStream(deadlineNanos);
        try {
            frame.begin(type, request, body.sizeBytes());
            body.writeTo(frame);
            frame.flush();
            return Outcome.SENT;
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt(); // who waits for the reply sees it at once
            return frame.sentBytes == 0 ? Outcome.NOTHING_SENT : Outcome.BROKEN_OFF;
        } catch (IOException e) {
            return frame.sentBytes == 0 ? Outcome.NOTHING_SENT : Outcome.BROKEN_OFF;
        } finally {
            turn.unlock();
        }
    }

    /// The loop found room in the socket.
    void roomToWrite() {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        wakeUp();
    }

    void wakeUp() {
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// One frame on its way to the socket. A small one is written with a single call.
    private final class FrameStream extends OutputStream {
        private final long deadlineNanos;
        private ByteBuffer chunk = ByteBuffer.allocate(0);
        private long sentBytes;

        FrameStream(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        void begin(byte type, int request, int payloadBytes) {
            int expected = Frame.HEADER_BYTES + payloadBytes;
            chunk = ByteBuffer.allocate(expected > 0 ? Math.min(CHUNK_BYTES, expected) : CHUNK_BYTES);
            chunk.put(Frame.header(type, request, payloadBytes));
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                int taken = Math.min(chunk.remaining(), length - done);
                chunk.put(bytes, from + done, taken);
                done += taken;
                if (!chunk.hasRemaining()) {
                    flush();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            chunk.flip();
            while (chunk.hasRemaining()) {
                int count = channel.write(chunk);
                sentBytes += count;
                if (count == 0) {
                    awaitRoom();
                }
            }
            chunk.clear();
        }

        private void awaitRoom() throws IOException {
            waiter = Thread.currentThread();
            try {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                loop.wakeUp();
                LockSupport.parkNanos(this, Math.max(0, deadlineNanos - System.nanoTime()));
            } catch (CancelledKeyException e) {
                throw new IOException("the connection was closed", e);
            } finally {
                waiter = null;
            }
            if (Thread.interrupted()) {
                throw new InterruptedIOException();
            }
            if (System.nanoTime() - deadlineNanos >= 0) {
                throw new IOException("the runtime does not read");
            }
        }
    }
}
