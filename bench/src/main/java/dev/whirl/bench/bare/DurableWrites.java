package dev.whirl.bench.bare;

import dev.whirl.bench.load.LoadResult;
import dev.whirl.bench.load.OwnCpu;
import dev.whirl.bench.load.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Appends to a file of its own, each time until the disk has it: the least that a durable answer takes, where writes
/// are not grouped.
public final class DurableWrites {
    /// About what one accepted call writes.
    private static final int BYTES = 1024;

    private DurableWrites() {}

    /// Writes one after another for a time, where temporary files lie.
    public static LoadResult run(Duration time) throws IOException {
        Path file = Files.createTempFile("bench-durable-", "");
        Duration cpuBefore = OwnCpu.now();
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            Tally tally = write(channel, start + time.toNanos());
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return LoadResult.of(tally, elapsed, OwnCpu.now().minus(cpuBefore));
        } finally {
            Files.delete(file);
        }
    }

    private static Tally write(FileChannel channel, long end) throws IOException {
        var tally = new Tally();
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        while (System.nanoTime() < end) {
            long before = System.nanoTime();
            channel.write(bytes.clear());
            channel.force(false);
            tally.succeeded(System.nanoTime() - before);
        }
        return tally;
    }
}
