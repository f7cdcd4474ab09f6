package dev.whirl.bench.process;

import dev.whirl.common.units.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Looks at the resident memory of a process again and again, on a thread of its own, until it is closed. The lock of
/// this guards `samples`.
public final class MemorySampler implements AutoCloseable {
    private static final long EVERY_NANOS = 250_000_000;

    private final long processId;
    private final Thread thread;
    private final List<ByteSize> samples = new ArrayList<>();
    private volatile boolean isClosed;

    public MemorySampler(long processId) {
        this.processId = processId;
        this.thread = Thread.ofPlatform().daemon().name("memory").start(this::sample);
    }

    /// What was seen so far.
    public synchronized List<ByteSize> samples() {
        return List.copyOf(samples);
    }

    private void sample() {
        while (!isClosed) {
            ProcessTree.of(processId).ifPresent(tree -> add(tree.rootMemory().resident()));
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private synchronized void add(ByteSize sample) {
        samples.add(sample);
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread); // it ends by itself, and nobody waits for it
    }
}
