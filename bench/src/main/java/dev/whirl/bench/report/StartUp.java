package dev.whirl.bench.report;

import dev.whirl.bench.process.MemoryUse;
import java.time.Duration;
import java.util.Locale;

/// One start of a server: from the start of its process to its first answer and to the first answer of a function,
/// and memory when idle after that.
public record StartUp(
        double readyMillis,
        double firstFunctionMillis,
        double serverResidentMb,
        double runtimesResidentMb,
        double runtimesProportionalMb) {
    public static StartUp of(Duration ready, Duration firstFunction, MemoryUse server, MemoryUse runtimes) {
        return new StartUp(
                ready.toNanos() / 1e6,
                firstFunction.toNanos() / 1e6,
                Cost.megabytes(server.resident()),
                Cost.megabytes(runtimes.resident()),
                Cost.megabytes(runtimes.proportional()));
    }

    /// A short form for progress.
    public String toLine() {
        return String.format(Locale.ROOT, "start: ready after %.0f ms", readyMillis);
    }
}
