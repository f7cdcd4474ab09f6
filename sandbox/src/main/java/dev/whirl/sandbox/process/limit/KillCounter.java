package dev.whirl.sandbox.process.limit;

import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// How many processes of a group the kernel killed for want of memory. Asked between all runs, so its file stays open
/// and an answer is one system call. `this` guards everything.
final class KillCounter {
    private static final int MAX_BYTES = 512;
    private static final String WORD = "oom_kill ";
    private static final int CLOSED = -1;

    private final Path file;
    private final Posix.Buffer buffer = new Posix.Buffer(MAX_BYTES);
    private int descriptor = CLOSED;
    private boolean isOver;
    private MemorySegment lastText = MemorySegment.ofArray(new byte[0]);
    private long last;

    /// @param file with lines of a word and a number
    KillCounter(Path file) {
        this.file = file;
    }

    /// The number; the last one that could be read if the group is gone.
    synchronized long kills() {
        if (descriptor == CLOSED && !isOver) {
            try {
                descriptor = Posix.openForReading(file);
            } catch (IOException e) {
                return last;
            }
        }
        if (!isOver) {
            int count = Posix.readFromStart(descriptor, buffer);
            if (count > 0) {
                note(buffer.data().asSlice(0, count));
            }
        }
        return last;
    }

    /// No group, no more kills.
    synchronized void close() {
        isOver = true;
        if (descriptor != CLOSED) {
            Posix.close(descriptor);
            descriptor = CLOSED;
        }
    }

    /// Nearly always the same text as the last time.
    private void note(MemorySegment text) {
        if (text.mismatch(lastText) >= 0) {
            byte[] bytes = text.toArray(ValueLayout.JAVA_BYTE);
            last = parse(new String(bytes, StandardCharsets.US_ASCII));
            lastText = MemorySegment.ofArray(bytes);
        }
    }

    private static long parse(String text) {
        int at = text.startsWith(WORD) ? 0 : text.indexOf("\n" + WORD) + 1;
        if (at == 0 && !text.startsWith(WORD)) {
            return 0;
        }
        long number = 0;
        for (int i = at + WORD.length(); i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }
}
