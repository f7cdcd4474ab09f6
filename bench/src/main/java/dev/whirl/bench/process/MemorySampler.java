package dev.whirl.bench.process;

import dev.whirl.common.units.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Looks at the memory of a server and of the processes below it again and again, on a thread of its own, until it is
/// closed. The lock of this guards `samples`.
public final class MemorySampler implements AutoCloseable {
    private static final long EVERY_NANOS = 500_000_000;

    /// @param server resident memory of the server
    /// @param below memory of all other processes, pages that they share counted in parts
    public record Sample(ByteSize server, ByteSize below) {
        static Sample of(ProcessTree tree) {
            return new Sample(tree.rootMemory().resident(), tree.belowMemory().proportional());
        }
    }

    private final long processId;
    private final Thread thread;
    private final List<Sample> samples = new ArrayList<>();
    private volatile boolean isClosed;

    public MemorySampler(long processId) {
        this.processId = processId;
        this.thread = Thread.ofPlatform().daemon().name("memory").start(this::sample);
    }

    /// What was seen so far.
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    private void sample() {
        while (!isClosed) {
            ProcessTree.of(processId).ifPresent(tree -> add(Sample.of(tree)));
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private synchronized void add(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread); // it ends by itself, and nobody waits for it
    }
}
