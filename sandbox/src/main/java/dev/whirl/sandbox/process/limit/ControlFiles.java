package dev.whirl.sandbox.process.limit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// Reading and writing the small files of control groups.
final class ControlFiles {
    private ControlFiles() {}

    static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    static void write(Path file, String value) throws IOException {
        Files.write(file, value.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }

    static boolean tryWrite(Path file, String value) {
        try {
            write(file, value);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// The pids in a `cgroup.procs`; none if it can't be read.
    static Set<Long> pids(Path procs) {
        try {
            return pids(Files.readAllBytes(procs));
        } catch (IOException e) {
            return Set.of();
        }
    }

    static Set<Long> pids(byte[] text) {
        var pids = new HashSet<Long>();
        long pid = 0;
        for (byte b : text) {
            if (b == '\n') {
                pids.add(pid);
                pid = 0;
            } else {
                pid = pid * 10 + (b - '0');
            }
        }
        return pids;
    }

    /// True if the group is gone.
    static boolean removeGroup(Path group) {
        try {
            Files.delete(group);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            return false; // busy: a process of it is still dying
        }
    }
}
