package dev.whirl.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Asks Linux to wake the calling thread when its sleep is over and not up to 50 microseconds later, so that a call at
/// a fixed rate is sent on time. Where this is not possible nothing happens: latencies begin at the due time anyway.
final class TimerSlack {
    private static final Path SELF = Path.of("/proc/thread-self");

    private TimerSlack() {}

    static void smallest() {
        try {
            Path thread = Files.readSymbolicLink(SELF).getFileName();
            Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
        } catch (IOException | UnsupportedOperationException _) {
            // the default of 50 microseconds stays
        }
    }
}
