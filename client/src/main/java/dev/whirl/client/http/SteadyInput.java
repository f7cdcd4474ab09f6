package dev.whirl.client.http;

import dev.whirl.client.SlowAnswerException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The bytes of a server, which must come at a bearable pace from the first of an answer on: one that says a byte now
/// and then is never silent for long, and would be listened to for ever. For one thread.
final class SteadyInput extends FilterInputStream {
    private static final long MIN_BYTES_PER_SECOND = 8 * 1024;

    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private long firstNanos;
    private long bytes;

    /// @param patience how much longer than at that pace an answer may take
    /// @param nanoTime as of [System#nanoTime]
    SteadyInput(InputStream in, Duration patience, LongSupplier nanoTime) {
        super(in);
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /// Whatever comes from now on is a new answer.
    void begin() {
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            take(1);
        }
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            take(count);
        }
        return count;
    }

    private void take(int count) throws SlowAnswerException {
        long now = nanoTime.getAsLong();
        firstNanos = bytes == 0 ? now : firstNanos;
        bytes += count;
        if (now - firstNanos > patienceNanos + bytes * 1_000_000_000 / MIN_BYTES_PER_SECOND) {
            throw new SlowAnswerException();
        }
    }
}
