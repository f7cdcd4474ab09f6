package dev.whirl.e2e.cluster;

import dev.whirl.e2e.support.Commands;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/// A wall clock that can be set, for single ones of the processes that were started with it: as if somebody set the
/// clock of their machine.
final class ShiftedClock implements AutoCloseable {
    /// Most processes whose clocks are set at a time.
    private static final int PAIRS = 2;

    private final Path folder;
    private final Path pairs;
    private final Path library;

    ShiftedClock() throws IOException {
        folder = Files.createTempDirectory("whirl-clock-");
        pairs = folder.resolve("pairs");
        library = folder.resolve("clock.so");
        Files.write(pairs, new byte[PAIRS * 2 * Long.BYTES]);
        Commands.run(
                "cc",
                "-shared",
                "-fPIC",
                "-O2",
                "-o",
                library.toString(),
                Repository.root()
                        .resolve("e2e/src/test/resources/shifted-clock.c")
                        .toString());
    }

    /// Words that start a command with this clock.
    List<String> prefix() {
        return List.of("env", "LD_PRELOAD=" + library, "SHIFTED_CLOCK=" + pairs);
    }

    /// Sets it that far from the true time, for these processes alone.
    void set(Duration from, long... processes) {
        var bytes = ByteBuffer.allocate(PAIRS * 2 * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long each : processes) {
            bytes.putLong(each).putLong(from.toSeconds());
        }
        try (var file = FileChannel.open(pairs, StandardOpenOption.WRITE)) {
            file.write(bytes.clear());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Folders.deleteRecursively(folder);
    }
}
