package dev.whirl.sandbox.process.output;

import dev.whirl.sandbox.process.system.Posix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Memory to read a pipe into, lent by a pool: there are as many as ever drained at the same time.
final class DrainBuffer {
    private static final int SIZE_BYTES = 64 * 1024;
    private static final ConcurrentLinkedQueue<DrainBuffer> FREE = new ConcurrentLinkedQueue<>();

    private final Posix.Buffer memory = new Posix.Buffer(SIZE_BYTES);
    private final byte[] bytes = new byte[SIZE_BYTES];

    private DrainBuffer() {}

    static DrainBuffer borrow() {
        DrainBuffer free = FREE.poll();
        return free == null ? new DrainBuffer() : free;
    }

    void giveBack() {
        FREE.add(this);
    }

    int sizeBytes() {
        return SIZE_BYTES;
    }

    byte[] bytes() {
        return bytes;
    }

    /// As [Posix#read], with the bytes in [#bytes].
    int read(int descriptor) {
        int count = Posix.read(descriptor, memory);
        if (count > 0) {
            MemorySegment.copy(memory.data(), ValueLayout.JAVA_BYTE, 0, bytes, 0, count);
        }
        return count;
    }
}
