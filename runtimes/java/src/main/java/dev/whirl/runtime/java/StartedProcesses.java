package dev.whirl.runtime.java;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells whether processes were started in this container: they may have printed past the marks of
/// this one. The kernel numbers them, and threads; the last number is the last word of a file. Where
/// it does not tell, some may have been started. Not for several threads.
final class StartedProcesses {
    private static final Path FILE = Path.of("/proc/loadavg");

    private String last = lastNumber();

    /// Whether any were started since the last time.
    boolean areThere() {
        String before = last;
        last = lastNumber();
        return last.equals("0") || !last.equals(before);
    }

    private static String lastNumber() {
        try {
            String line = Files.readString(FILE).strip();
            return line.substring(line.lastIndexOf(' ') + 1);
        } catch (IOException e) {
            return "0";
        }
    }
}
