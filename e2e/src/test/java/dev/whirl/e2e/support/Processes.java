package dev.whirl.e2e.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks at other processes of this machine.
public final class Processes {
    private Processes() {}

    /// Whether a process still does something: one that has ended and only waits to be collected does not.
    public static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }
}
